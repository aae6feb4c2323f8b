//! The QR codes in a picture.
//!
//! A picture is a stranger's. Before anything is decoded its size is read off its head; what is
//! looked at afterwards is at most 2560 pixels long; and the detector, whose work grows with the cube
//! of the corners it finds, is shown a picture only once those were counted ([`binary`]). Its panics,
//! if any are left, end here.

mod binary;
mod decode;
mod luma;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use binary::Binary;
use luma::Luma;
use rqrr::PreparedImage;

/// The largest file that is looked at.
pub const PICTURE_BYTES_MAX: usize = 10 * 1024 * 1024;

/// The longer side of what is looked at first: a phone's photo, made smaller.
const SIDE: usize = 1280;
/// Then, for a code that is a small part of it.
const SIDE_FINE: usize = 2 * SIDE;
/// Then, for one whose dots run into each other. A picture that is smaller itself is made twice as large.
const SIDE_COARSE: usize = SIDE / 2;

/// Why a picture was not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    #[error("it has more than 10 MB or 25 million pixels, or is longer than 16384")]
    TooLarge,
    #[error("it is neither JPEG nor PNG")]
    OtherKind,
    #[error("it is broken")]
    Broken,
}

/// What the QR codes in a JPEG or PNG say, each text once; none where there is none that can be read.
///
/// Codes may be turned, skewed, unevenly lit, or light on dark. Takes up to a second of a slow
/// machine, and more for a picture made to be slow: not for a thread that others wait for.
///
/// # Errors
///
/// [`BadPicture`] where it cannot be looked at.
pub fn codes_in(picture: &[u8]) -> Result<Vec<String>, BadPicture> {
    let whole = decode::luma(picture)?;
    let usual = whole.fitted(SIDE);
    let is_small = usual.side() <= SIDE_COARSE;
    let others: [&dyn Fn() -> Luma; 4] = [
        &|| usual.inverted(),
        &|| if is_small { usual.doubled() } else { whole.fitted(SIDE_COARSE) },
        &|| whole.fitted(SIDE_FINE),
        &|| usual.turned(),
    ];
    let mut codes = read(&usual);
    for other in others {
        if codes.is_empty() {
            codes = read(&other());
        }
    }
    Ok(codes)
}

fn read(luma: &Luma) -> Vec<String> {
    let binary = Binary::of(luma);
    if !binary.may_have_codes() {
        return Vec::new();
    }
    let detected = catch_unwind(AssertUnwindSafe(|| {
        let mut image = PreparedImage::prepare_from_bitmap(luma.width, luma.height, |x, y| binary.is_black(x, y));
        let grids = image.detect_grids();
        grids.iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect::<Vec<_>>()
    }));
    let mut codes = Vec::new();
    for code in detected.unwrap_or_default() {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}
