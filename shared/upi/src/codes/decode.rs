//! JPEG and PNG, within limits.
//!
//! Every size is read off the head before anything is set aside for it. Rows of a PNG come one by
//! one; of a JPEG only the brightness is decoded, where it has that by itself.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, Limits, Transformations};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::luma::Luma;
use super::{BadPicture, PICTURE_BYTES_MAX};

/// 5000 by 5000: what good phones make.
const PIXELS_MAX: usize = 25_000_000;
const SIDE_MAX: usize = 16_384;

/// Encoders make ten or so; each passes over the whole picture.
const SCANS_MAX: usize = 32;

/// What the PNG decoder may hold besides the row that it works on.
const PNG_BYTES_MAX: usize = 4 * 1024 * 1024;

pub(super) fn luma(picture: &[u8]) -> Result<Luma, BadPicture> {
    if picture.len() > PICTURE_BYTES_MAX {
        return Err(BadPicture::TooLarge);
    }
    match picture {
        [0xff, 0xd8, 0xff, ..] => jpeg(picture),
        [0x89, b'P', b'N', b'G', ..] => png(picture),
        _ => Err(BadPicture::OtherKind),
    }
}

fn require_bounded(width: usize, height: usize) -> Result<(), BadPicture> {
    if width == 0 || height == 0 {
        return Err(BadPicture::Broken);
    }
    if width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX {
        return Err(BadPicture::TooLarge);
    }
    Ok(())
}

fn jpeg(picture: &[u8]) -> Result<Luma, BadPicture> {
    let options = DecoderOptions::new_safe().set_max_width(SIDE_MAX).set_max_height(SIDE_MAX).jpeg_set_max_scans(SCANS_MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(picture), options);
    decoder.decode_headers().map_err(|_| BadPicture::Broken)?;
    let (width, height) = decoder.dimensions().ok_or(BadPicture::Broken)?;
    require_bounded(width, height)?;
    let colours = match decoder.input_colorspace() {
        Some(ColorSpace::Luma | ColorSpace::YCbCr) => ColorSpace::Luma,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let samples = decoder.decode().map_err(|_| BadPicture::Broken)?;
    let pixels = if colours == ColorSpace::Luma { samples } else { grey(&samples, ColorType::Rgb).collect() };
    if pixels.len() == width * height { Ok(Luma { width, height, pixels }) } else { Err(BadPicture::Broken) }
}

fn png(picture: &[u8]) -> Result<Luma, BadPicture> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(picture), Limits { bytes: PNG_BYTES_MAX });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let head = decoder.read_header_info().map_err(|_| BadPicture::Broken)?;
    let (width, height) = (length(head.width)?, length(head.height)?);
    require_bounded(width, height)?;
    let mut reader = decoder.read_info().map_err(|_| BadPicture::Broken)?;
    let (colours, depth) = reader.output_color_type();
    if depth != BitDepth::Eight {
        return Err(BadPicture::Broken);
    }
    let mut pixels = vec![u8::MAX; width * height];
    let mut rows = 0..height;
    while let Some(row) = reader.next_interlaced_row().map_err(|_| BadPicture::Broken)? {
        let greys: Vec<u8> = grey(row.data(), colours).collect();
        match row.interlace() {
            png::InterlaceInfo::Adam7(info) => png::expand_interlaced_row(&mut pixels, width, &greys, info, 8),
            png::InterlaceInfo::Null(_) => {
                let y = rows.next().ok_or(BadPicture::Broken)?;
                pixels[y * width..(y + 1) * width].iter_mut().zip(greys).for_each(|(pixel, grey)| *pixel = grey);
            }
        }
    }
    Ok(Luma { width, height, pixels })
}

fn length(length: u32) -> Result<usize, BadPicture> {
    usize::try_from(length).map_err(|_| BadPicture::TooLarge)
}

/// Brightness as television has it. What is transparent lies on white, as apps show it.
fn grey(samples: &[u8], colours: ColorType) -> impl Iterator<Item = u8> {
    let mix = |r: u8, g: u8, b: u8| (77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b)) >> 8;
    let on_white = |grey: u32, alpha: u8| 255 - (255 - grey) * u32::from(alpha) / 255;
    samples.chunks_exact(colours.samples()).map(move |pixel| {
        let grey = match *pixel {
            [r, g, b, alpha] => on_white(mix(r, g, b), alpha),
            [r, g, b] => mix(r, g, b),
            [grey, alpha] => on_white(u32::from(grey), alpha),
            [grey] => u32::from(grey),
            _ => 255,
        };
        u8::try_from(grey).unwrap_or(u8::MAX)
    })
}
