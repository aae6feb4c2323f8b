//! Pictures with codes in them.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use png::BitDepth;
use qrcode::{Color, QrCode};

/// White where a code leaves it.
const QUIET: f64 = 4.0;

pub(super) struct Canvas {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

/// How a code was photographed.
pub(super) struct Shot {
    /// Where its middle is.
    pub(super) at: (f64, f64),
    /// Pixels to a dot.
    pub(super) scale: f64,
    pub(super) degrees: f64,
    /// How much nearer one side is than the other, by pixel.
    pub(super) tilt: f64,
}

impl Shot {
    pub(super) fn straight(at: (f64, f64), scale: f64) -> Self {
        Self { at, scale, degrees: 0.0, tilt: 0.0 }
    }
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![230; width * height] }
    }

    pub(super) fn with(width: usize, height: usize, text: &str, shot: &Shot) -> Self {
        let mut canvas = Self::new(width, height);
        canvas.draw(text, shot);
        canvas
    }

    pub(super) fn draw(&mut self, text: &str, shot: &Shot) {
        let code = QrCode::new(text).unwrap();
        let (side, dots) = (code.width(), code.to_colors());
        let (sin, cos) = shot.degrees.to_radians().sin_cos();
        let half = side as f64 / 2.0;
        for y in 0..self.height {
            for x in 0..self.width {
                // Four samples to a pixel, as a lens would blur them.
                let mut sum = 0.0;
                for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                    let (x, y) = (x as f64 + dx - shot.at.0, y as f64 + dy - shot.at.1);
                    let away = 1.0 + shot.tilt * x;
                    let (x, y) = (x / away, y / away);
                    let (u, v) = ((x * cos + y * sin) / shot.scale + half, (y * cos - x * sin) / shot.scale + half);
                    let paper = -QUIET..side as f64 + QUIET;
                    let dot = |at: f64| (at >= 0.0 && at < side as f64).then_some(at as usize);
                    sum += match (dot(u), dot(v)) {
                        (Some(u), Some(v)) if dots[v * side + u] == Color::Dark => 25.0,
                        _ if paper.contains(&u) && paper.contains(&v) => 240.0,
                        _ => f64::from(self.pixels[y_index(self, x + shot.at.0, y + shot.at.1)]),
                    };
                }
                self.pixels[y * self.width + x] = (sum / 4.0) as u8;
            }
        }
    }

    /// The left is in the shade, and darkest at the bottom.
    pub(super) fn shade(&mut self) {
        for y in 0..self.height {
            for x in 0..self.width {
                let light = if x < self.width / 2 { 0.35 } else { 1.0 } * (1.0 - 0.3 * y as f64 / self.height as f64);
                let pixel = &mut self.pixels[y * self.width + x];
                *pixel = (f64::from(*pixel) * light) as u8;
            }
        }
    }

    pub(super) fn blur(&mut self) {
        let old = self.pixels.clone();
        for y in 1..self.height - 1 {
            for x in 1..self.width - 1 {
                let around = (y - 1..=y + 1).flat_map(|y| (x - 1..=x + 1).map(move |x| (x, y)));
                let sum: u32 = around.map(|(x, y)| u32::from(old[y * self.width + x])).sum();
                self.pixels[y * self.width + x] = (sum / 9) as u8;
            }
        }
    }

    /// Each pixel brighter or darker by up to half of `range`.
    pub(super) fn add_noise(&mut self, range: i32) {
        let mut random = fastrand::Rng::with_seed(11);
        for pixel in &mut self.pixels {
            *pixel = (i32::from(*pixel) + random.i32(0..=range) - range / 2).clamp(0, 255) as u8;
        }
    }

    pub(super) fn invert(&mut self) {
        self.pixels.iter_mut().for_each(|pixel| *pixel = 255 - *pixel);
    }

    pub(super) fn png(&self) -> Vec<u8> {
        png(self.width, self.height, png::ColorType::Grayscale, BitDepth::Eight, &self.pixels)
    }

    /// Black, more or less opaque, on what would be black too.
    pub(super) fn png_without_background(&self) -> Vec<u8> {
        let pixels: Vec<u8> = self.pixels.iter().flat_map(|grey| [0, 255 - grey]).collect();
        png(self.width, self.height, png::ColorType::GrayscaleAlpha, BitDepth::Eight, &pixels)
    }

    pub(super) fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let (width, height) = (self.width as u16, self.height as u16);
        Encoder::new(&mut file, quality).encode(&self.pixels, width, height, ColorType::Luma).unwrap();
        file
    }

    /// The same picture in as many ways as there are.
    pub(super) fn of_every_kind(&self) -> Vec<Vec<u8>> {
        let times = |samples: &dyn Fn(u8) -> Vec<u8>| -> Vec<u8> { self.pixels.iter().flat_map(|grey| samples(*grey)).collect() };
        let of = |colours, depth, pixels: Vec<u8>| png(self.width, self.height, colours, depth, &pixels);
        let mut files = vec![
            of(png::ColorType::Rgb, BitDepth::Eight, times(&|grey| vec![grey, grey / 2, grey])),
            of(png::ColorType::Rgba, BitDepth::Eight, times(&|grey| vec![grey, grey, grey, 255])),
            of(png::ColorType::Rgba, BitDepth::Sixteen, times(&|grey| vec![grey, 0, grey, 0, grey, 0, 255, 255])),
            of(png::ColorType::Grayscale, BitDepth::Sixteen, times(&|grey| vec![grey, 0])),
            of(
                png::ColorType::Grayscale,
                BitDepth::One,
                self.pixels.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, grey| byte << 1 | u8::from(*grey > 127))).collect(),
            ),
        ];
        let (width, height) = (self.width as u16, self.height as u16);
        for progressive in [false, true] {
            for (colours, pixels) in
                [(ColorType::Rgb, times(&|grey| vec![grey, grey / 2, grey])), (ColorType::Cmyk, times(&|grey| vec![0, 0, 0, 255 - grey]))]
            {
                let mut file = Vec::new();
                let mut encoder = Encoder::new(&mut file, 80);
                encoder.set_progressive(progressive);
                encoder.set_sampling_factor(if colours == ColorType::Rgb { SamplingFactor::F_2_2 } else { SamplingFactor::F_1_1 });
                encoder.encode(&pixels, width, height, colours).unwrap();
                files.push(file);
            }
        }
        files
    }
}

fn y_index(canvas: &Canvas, x: f64, y: f64) -> usize {
    let (x, y) = (x.clamp(0.0, canvas.width as f64 - 1.0) as usize, y.clamp(0.0, canvas.height as f64 - 1.0) as usize);
    y * canvas.width + x
}

pub(super) fn png(width: usize, height: usize, colours: png::ColorType, depth: BitDepth, pixels: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(colours);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    file
}
