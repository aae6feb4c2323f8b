//! A QR code, drawn.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// White that a reader needs around a code, in dots.
const QUIET: usize = 4;

/// A QR code of a text, as an SVG of black on white; `None` where the text is too long for one.
///
/// Of the middle level of correction, which scanners read off scratched screens and paper alike.
#[must_use]
pub fn qr_svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width() + 2 * QUIET;
    let mut path = String::new();
    for (row, dots) in code.to_colors().chunks(code.width()).enumerate() {
        for (column, _) in dots.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes_in;

    /// Pixels to a dot.
    const SCALE: usize = 6;

    /// The picture that a browser makes of it.
    fn drawn(svg: &str) -> Vec<u8> {
        let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let mut pixels = vec![255; side * side * SCALE * SCALE];
        for dot in svg.split("<path d=\"").nth(1).unwrap().split('M').skip(1) {
            let (x, y) = dot.split('h').next().unwrap().split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            for line in 0..SCALE {
                let from = (y * SCALE + line) * side * SCALE + x * SCALE;
                pixels[from..from + SCALE].fill(0);
            }
        }
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, (side * SCALE) as u32, (side * SCALE) as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        file
    }

    #[test]
    fn a_code_that_is_drawn_is_read_again() {
        let longest = format!("upi://pay?pa={}@okaxis&tn={}", "a".repeat(256), "%E0%A4%AF".repeat(50));
        for text in ["upi://pay?pa=acme@okaxis&pn=Acme%20Pay&tr=ORD20261121A1&am=249.50&cu=INR&tn=Wallet%20top-up", "x", &longest] {
            assert_eq!(codes_in(&drawn(&qr_svg(text).unwrap())).unwrap(), [text]);
        }
        assert_eq!(qr_svg(&"x".repeat(3_000)), None);
    }
}
