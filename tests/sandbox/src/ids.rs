//! Identifiers in the shapes the providers give them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const ALPHANUMERIC: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// `prefix_` and 14 alphanumerics, as every Razorpay id.
pub fn razorpay(prefix: &str) -> String {
    format!("{prefix}_{}", alphanumeric(14))
}

/// The id of a webhook event. Razorpay gives these no prefix.
pub fn event() -> String {
    alphanumeric(14)
}

/// A 12-digit reference as UPI and IMPS print it: the year's last digit, the day of the year,
/// then eight digits. Source: the UPI sheet, "Identifiers".
pub fn rrn() -> String {
    format!("{}{}", crate::clock::year_digit_and_day(), digits(8))
}

/// A bank's reference for NEFT (16 characters) and RTGS (22).
pub fn bank_utr(length: usize) -> String {
    format!("RATNN{}", digits(length.saturating_sub(5)))
}

pub fn wamid() -> String {
    format!("wamid.{}", STANDARD.encode(alphanumeric(36)))
}

/// Twilio's `SM…`, and 32 lower-case hex digits.
pub fn twilio_message() -> String {
    format!("SM{}", hex::encode(random::<16>()))
}

/// `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, as SNS names its messages.
pub fn uuid() -> String {
    let digits = hex::encode(random::<16>());
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

/// As SES names mails and its reports on them.
pub fn ses_message() -> String {
    format!("0109{}-{}-000000", hex::encode(random::<6>()), uuid())
}

pub fn digits(count: usize) -> String {
    pick(b"0123456789", count)
}

pub fn alphanumeric(count: usize) -> String {
    pick(ALPHANUMERIC, count)
}

/// A number in `0..1`, for faults that strike some of the time.
pub fn fraction() -> f64 {
    f64::from(u32::from_le_bytes(random())) / (f64::from(u32::MAX) + 1.0)
}

/// The remainder's slight bias is of no matter: nothing secret is made here.
fn pick(from: &[u8], count: usize) -> String {
    (0..count).map(|_| char::from(from[usize::from(u16::from_le_bytes(random())) % from.len()])).collect()
}

pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Going on would hand out the same id twice, which looks like a bug of the caller's.
        tracing::error!(%error, "the machine gives no random bytes");
        std::process::abort();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_sheets_shapes() {
        let id = razorpay("pout");
        assert_eq!(id.len(), "pout_".len() + 14);
        assert!(id["pout_".len()..].chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(rrn().len(), 12);
        assert!(rrn().chars().all(|c| c.is_ascii_digit()));
        assert_eq!(bank_utr(16).len(), 16);
        assert_eq!(twilio_message().len(), 34);
        assert_eq!(ses_message().len(), "0109018e1a2b3c4d-5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9-000000".len());
        assert_ne!(razorpay("pay"), razorpay("pay"));
    }
}
