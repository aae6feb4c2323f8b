//! Signs and verifies for `tests/interop/twilio_signature.py`: a case a line, an answer a line.
//!
//! `{"token", "url", "body", "json"?, "signature"?}` is answered with our signature, or with
//! `true` or `false` where there is one to verify.

use std::io::{BufRead, Write};

use providers::messaging::twilio::signature::{Posted, sign, verify};
use providers::secret::Secret;
use providers::signature::Secrets;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| case[name].as_str().unwrap_or_default();
        let (url, body, token) = (text("url"), text("body").as_bytes(), Secret::new(text("token"))?);
        let posted = if case["json"] == true { Posted::Json(body) } else { Posted::Form(body) };
        match case["signature"].as_str() {
            Some(signature) => writeln!(out, "{}", verify(url, posted, signature, &Secrets::only(token)).is_ok())?,
            None => writeln!(out, "{}", sign(url, posted, &token))?,
        }
    }
    Ok(())
}
