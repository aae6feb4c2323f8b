//! Codes that are printed, photographed badly, and read.

mod drawing;
mod hostile;

use super::*;
use drawing::{Canvas, Shot};

const LINK: &str = "upi://pay?pa=acme.store-1@okhdfcbank&pn=Acme%20Store%20%26%20Sons&mc=5411&tr=ORD20261121A1&am=249.50&cu=INR&tn=Rice";

#[track_caller]
fn reads(canvas: &Canvas, texts: &[&str]) {
    for (kind, file) in [("png", canvas.png()), ("jpeg", canvas.jpeg(70))] {
        let mut found = codes_in(&file).unwrap();
        found.sort();
        assert_eq!(found, texts, "{kind}");
    }
}

#[test]
fn a_code_is_read_off_a_screenshot() {
    reads(&Canvas::with(1080, 1920, LINK, &Shot::straight((540.0, 900.0), 12.0)), &[LINK]);
    reads(&Canvas::with(200, 200, "upi://pay?pa=ravi@ybl", &Shot::straight((100.0, 100.0), 3.0)), &["upi://pay?pa=ravi@ybl"]);
}

#[test]
fn a_code_may_be_turned() {
    for degrees in (0..360).step_by(15) {
        let shot = Shot { degrees: f64::from(degrees), ..Shot::straight((600.0, 450.0), 9.0) };
        reads(&Canvas::with(1200, 900, LINK, &shot), &[LINK]);
    }
}

#[test]
fn a_code_may_be_seen_from_the_side() {
    for tilt in [-0.0005, 0.0003, 0.0006] {
        let shot = Shot { degrees: 10.0, tilt, ..Shot::straight((640.0, 480.0), 10.0) };
        reads(&Canvas::with(1280, 960, LINK, &shot), &[LINK]);
    }
}

#[test]
fn a_code_may_lie_in_half_a_shadow_and_in_noise() {
    let shot = Shot { degrees: -7.0, ..Shot::straight((640.0, 480.0), 11.0) };
    let mut canvas = Canvas::with(1280, 960, LINK, &shot);
    canvas.shade();
    canvas.blur();
    canvas.add_noise(30);
    reads(&canvas, &[LINK]);
}

#[test]
fn a_code_may_be_light_on_dark_or_on_nothing() {
    let mut canvas = Canvas::with(800, 800, LINK, &Shot::straight((400.0, 400.0), 8.0));
    assert_eq!(codes_in(&canvas.png_without_background()).unwrap(), [LINK]);
    canvas.invert();
    reads(&canvas, &[LINK]);
}

#[test]
fn a_code_may_be_a_small_part_of_a_large_photo() {
    let shot = Shot { degrees: 20.0, ..Shot::straight((3000.0, 800.0), 5.0) };
    reads(&Canvas::with(4000, 3000, LINK, &shot), &[LINK]);
}

#[test]
fn a_code_may_be_grainy() {
    let mut canvas = Canvas::with(1280, 1280, LINK, &Shot::straight((640.0, 640.0), 20.0));
    canvas.add_noise(220);
    reads(&canvas, &[LINK]);
}

#[test]
fn several_codes_are_all_read() {
    let mut canvas = Canvas::new(1280, 960);
    let texts = ["https://kamai.example/menu", "upi://pay?pa=asha@ybl", "upi://pay?pa=ravi@okaxis&am=10"];
    for (text, at) in texts.iter().zip([(250.0, 250.0), (900.0, 300.0), (600.0, 700.0)]) {
        canvas.draw(text, &Shot { degrees: at.0 / 50.0, ..Shot::straight(at, 9.0) });
    }
    reads(&canvas, &texts);
    let links: Vec<_> = texts.iter().filter_map(|text| crate::Link::parse(text).ok()).collect();
    assert_eq!(links.len(), 2, "a code that is no link to pay is read, and is none");
}

#[test]
fn the_same_code_twice_is_one() {
    let mut canvas = Canvas::new(1000, 500);
    for x in [250.0, 750.0] {
        canvas.draw("upi://pay?pa=ravi@ybl", &Shot::straight((x, 250.0), 9.0));
    }
    reads(&canvas, &["upi://pay?pa=ravi@ybl"]);
}

#[test]
fn pictures_of_every_kind_are_read() {
    let canvas = Canvas::with(400, 400, LINK, &Shot::straight((200.0, 200.0), 6.0));
    for (place, file) in canvas.of_every_kind().iter().enumerate() {
        assert_eq!(codes_in(file).unwrap(), [LINK], "{place}");
    }
}

#[test]
fn a_picture_without_codes_has_none() {
    reads(&Canvas::new(640, 480), &[]);
    let mut noise = Canvas::new(640, 480);
    noise.add_noise(255);
    reads(&noise, &[]);
    reads(&Canvas::new(1, 1), &[]);
    reads(&Canvas::new(1, 3000), &[]);
    reads(&Canvas::new(16_000, 2), &[]);
}
