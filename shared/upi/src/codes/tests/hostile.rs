//! Pictures that were made to break their reader, or to keep it busy.

use std::time::{Duration, Instant};

use png::{BitDepth, ColorType};

use super::drawing::{Canvas, Shot, png};
use super::*;

/// For a machine with other work to do, unoptimised.
const PATIENCE: Duration = Duration::from_secs(20);

#[track_caller]
fn ends(file: &[u8]) -> Result<Vec<String>, BadPicture> {
    let began = Instant::now();
    let found = codes_in(file);
    assert!(began.elapsed() < PATIENCE, "it took {:?}", began.elapsed());
    found
}

#[test]
fn what_is_no_picture_is_refused() {
    for file in [&b""[..], b"GIF89a", b"RIFF....WEBP", b"<svg/>", b"%PDF-1.7", b"\xff\xd8", b"\x89PN"] {
        assert_eq!(ends(file), Err(BadPicture::OtherKind));
    }
    for file in [&b"\xff\xd8\xff"[..], b"\xff\xd8\xff\xd9", b"\x89PNG", b"\x89PNG\r\n\x1a\n"] {
        assert_eq!(ends(file), Err(BadPicture::Broken));
    }
    assert_eq!(ends(&vec![0xff; PICTURE_BYTES_MAX + 1]), Err(BadPicture::TooLarge));
}

#[test]
fn a_bomb_is_told_by_its_head() {
    let bomb = png(40_000, 8, ColorType::Grayscale, BitDepth::Eight, &vec![0; 320_000]);
    assert_eq!(ends(&bomb), Err(BadPicture::TooLarge));
    // A head that promises more than anybody has, over data of nothing.
    let mut file = Canvas::new(8, 8).png();
    file[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    assert!(ends(&file).is_err(), "its checksum is wrong, too");
    let mut file = Canvas::new(8, 8).jpeg(50);
    let head = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    file[head + 5..head + 9].copy_from_slice(&[0xff; 4]);
    assert!(matches!(ends(&file), Err(BadPicture::TooLarge | BadPicture::Broken)));
    file[head + 5..head + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    assert_eq!(ends(&file), Err(BadPicture::TooLarge), "64 million pixels");
}

#[test]
fn a_picture_of_too_many_passes_is_not_drawn() {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 60);
    encoder.set_progressive_scans(18);
    encoder.encode(&[77; 64 * 64 * 3], 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();
    assert_eq!(ends(&file), Err(BadPicture::Broken));
}

#[test]
fn a_large_picture_of_nothing_is_looked_at_in_time() {
    // 25 million pixels in some kilobytes.
    let file = png(5_000, 5_000, ColorType::Rgba, BitDepth::Eight, &vec![255; 100_000_000]);
    assert!(file.len() < 1_000_000);
    assert_eq!(ends(&file), Ok(Vec::new()));
}

#[test]
fn a_file_that_breaks_off_is_an_error_or_half_a_picture() {
    let canvas = Canvas::with(300, 300, "upi://pay?pa=ravi@ybl", &Shot::straight((150.0, 150.0), 7.0));
    for file in [canvas.png(), canvas.jpeg(80)] {
        for length in (0..file.len()).step_by(file.len() / 20 + 1) {
            let found = ends(&file[..length]);
            assert!(found.as_ref().map_or(true, |codes| codes.iter().all(|code| code == "upi://pay?pa=ravi@ybl")), "{found:?}");
        }
    }
}

#[test]
fn bytes_that_flip_never_break_the_reader() {
    let mut random = fastrand::Rng::with_seed(3);
    let canvas = Canvas::with(150, 150, "upi://pay?pa=ravi@ybl", &Shot::straight((75.0, 75.0), 4.0));
    for file in [canvas.png(), canvas.jpeg(60)] {
        for _ in 0..80 {
            let mut file = file.clone();
            for _ in 0..random.usize(1..8) {
                let at = random.usize(..file.len());
                file[at] = random.u8(..);
            }
            let _ = ends(&file);
        }
    }
}

#[test]
fn a_picture_full_of_corners_is_let_be() {
    for dot in [1, 2, 3] {
        let mut canvas = Canvas::new(1280, 1280);
        for pixel in 0..1280 * 1280 {
            let (x, y) = (pixel % 1280 / dot % 9, pixel / 1280 / dot % 9);
            let ring = x < 7 && y < 7 && (x == 0 || x == 6 || y == 0 || y == 6);
            let stone = (2..5).contains(&x) && (2..5).contains(&y);
            canvas.pixels[pixel] = if ring || stone { 0 } else { 255 };
        }
        assert_eq!(ends(&canvas.png()), Ok(Vec::new()));
    }
}

#[test]
fn as_many_corners_as_are_looked_at_take_no_longer_than_they_may() {
    let mut canvas = Canvas::new(1280, 1280);
    // In a lattice, where every three of a row and a column might be a code.
    for (column, line) in (0..5).flat_map(|column| (0..5).map(move |line| (column, line))).skip(1) {
        for pixel in 0..196 * 196 {
            let (x, y) = (pixel % 196, pixel / 196);
            let (u, v) = (x / 28, y / 28);
            let ring = u == 0 || u == 6 || v == 0 || v == 6;
            let stone = (2..5).contains(&u) && (2..5).contains(&v);
            canvas.pixels[(line * 250 + 20 + y) * 1280 + column * 250 + 20 + x] = if ring || stone { 0 } else { 255 };
        }
    }
    assert_eq!(ends(&canvas.png()), Ok(Vec::new()));
}
