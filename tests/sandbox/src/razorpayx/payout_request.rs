//! A request for a payout: its fields, their limits, its key. Whether it can be paid is not asked
//! here.

use axum::http::HeaderMap;
use serde_json::Value;

use super::fund_accounts::Composite;
use super::payout::Mode;
use crate::config;
use crate::razorpay::error::ApiError;
use crate::razorpay::input::Input;
use crate::razorpay::notes::Notes;

const KEY_LENGTHS: std::ops::RangeInclusive<usize> = 4..=36;
const AMOUNT_MIN: i64 = 100;
/// One lakh rupees.
const UPI_MAX: i64 = 10_000_000;
/// Five lakh rupees.
const IMPS_MAX: i64 = 50_000_000;
/// Two lakh rupees, and more than that.
const RTGS_ABOVE: i64 = 20_000_000;
const NEFT_ABOVE: i64 = 100;
const REFERENCE_MAX: usize = 40;
const NARRATION_MAX: usize = 30;
/// The merchant's billing label, which stands in for a narration that is not given.
const BILLING_LABEL: &str = "Kamai Fund Transfer";
const PURPOSES: [&str; 6] = ["refund", "cashback", "payout", "salary", "utility bill", "vendor bill"];

/// A payout as it is asked for, its own rules kept.
pub struct Ask {
    pub payee: Payee,
    pub amount: i64,
    pub mode: Mode,
    pub purpose: String,
    pub queue_if_low_balance: bool,
    pub reference_id: Option<String>,
    pub narration: String,
    pub notes: Notes,
}

pub enum Payee {
    Known { fund_account_id: String },
    Composite(Box<Composite>),
}

impl Ask {
    pub fn read(body: &Value, config: &config::RazorpayX) -> Result<Self, ApiError> {
        let input = Input::of(body)?;
        input.only(&[
            "account_number",
            "fund_account_id",
            "fund_account",
            "amount",
            "currency",
            "mode",
            "purpose",
            "queue_if_low_balance",
            "reference_id",
            "narration",
            "notes",
        ])?;
        if input.required_text("account_number", 64)? != config.account_number {
            return Err(input.invalid("account_number", "The RazorpayX Account number is invalid."));
        }
        let amount = input.required_integer("amount")?;
        if amount < AMOUNT_MIN {
            return Err(input.invalid("amount", "Minimum transaction amount should be 100 paise"));
        }
        input.currency()?;
        Ok(Self {
            payee: payee(&input, config)?,
            amount,
            mode: mode(&input, amount)?,
            purpose: purpose(&input, config)?,
            queue_if_low_balance: input.boolean("queue_if_low_balance")?.unwrap_or(false),
            reference_id: input.kept_text("reference_id", REFERENCE_MAX)?,
            narration: narration(&input)?,
            notes: input.notes()?,
        })
    }
}

/// Mandatory since March 2025.
pub fn key_of(headers: &HeaderMap) -> Result<String, ApiError> {
    let key = headers.get("X-Payout-Idempotency").ok_or_else(ApiError::payout_key_missing)?;
    let key = key.to_str().unwrap_or_default();
    let allowed = |c: u8| c.is_ascii_alphanumeric() || b"-_ ".contains(&c);
    if key.is_empty() {
        return Err(ApiError::payout_key_missing());
    }
    if !KEY_LENGTHS.contains(&key.len()) || !key.bytes().all(allowed) {
        return Err(ApiError::invalid_field(
            "X-Payout-Idempotency",
            "The idempotency key must be between 4 and 36 characters of alphabets, numbers, hyphens, underscores and space.",
        ));
    }
    Ok(key.to_owned())
}

fn payee(input: &Input<'_>, config: &config::RazorpayX) -> Result<Payee, ApiError> {
    match (input.has("fund_account_id"), input.has("fund_account")) {
        (true, true) => Err(input.invalid("fund_account", "Only one of fund_account_id and fund_account should be sent")),
        (false, false) => Err(input.required("fund_account_id")),
        (true, false) => {
            let fund_account_id = input.required_text("fund_account_id", 64)?.to_owned();
            Ok(Payee::Known { fund_account_id })
        }
        (false, true) => {
            let composite = Composite::read(&input.object("fund_account")?, config)?;
            Ok(Payee::Composite(Box::new(composite)))
        }
    }
}

fn mode(input: &Input<'_>, amount: i64) -> Result<Mode, ApiError> {
    let (mode, fits, limit) = match input.required_text("mode", 16)? {
        "UPI" => (Mode::Upi, amount <= UPI_MAX, "UPI payouts are of at most INR 1,00,000"),
        "IMPS" => (Mode::Imps, amount <= IMPS_MAX, "IMPS payouts are of at most INR 5,00,000"),
        "NEFT" => (Mode::Neft, amount > NEFT_ABOVE, "NEFT payouts are of more than INR 1"),
        "RTGS" => (Mode::Rtgs, amount > RTGS_ABOVE, "RTGS payouts are of more than INR 2,00,000"),
        "card" | "amazonpay" => {
            return Err(input.invalid("mode", "Payout mode is not supported for this fund account"));
        }
        _ => return Err(input.invalid("mode", "Payout mode is invalid")),
    };
    if fits { Ok(mode) } else { Err(input.invalid("amount", limit)) }
}

fn purpose(input: &Input<'_>, config: &config::RazorpayX) -> Result<String, ApiError> {
    let purpose = input.required_text("purpose", 40)?;
    if PURPOSES.contains(&purpose) || config.custom_purposes.iter().any(|it| it == purpose) {
        Ok(purpose.to_owned())
    } else {
        Err(input.invalid("purpose", format!("Invalid purpose: {purpose}")))
    }
}

fn narration(input: &Input<'_>) -> Result<String, ApiError> {
    let narration = input.text("narration", NARRATION_MAX)?.unwrap_or(BILLING_LABEL);
    if narration.bytes().all(|c| c.is_ascii_alphanumeric() || c == b' ') {
        Ok(narration.to_owned())
    } else {
        Err(input.invalid("narration", "The narration format is invalid."))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        json!({
            "account_number": config::RazorpayX::default().account_number,
            "fund_account_id": "fa_00000000000001",
            "amount": 10_000,
            "currency": "INR",
            "mode": "UPI",
            "purpose": "payout",
        })
    }

    fn read(changes: Value) -> Result<Ask, ApiError> {
        let mut body = good();
        for (key, value) in changes.as_object().unwrap() {
            body[key] = value.clone();
        }
        Ask::read(&body, &config::RazorpayX::default())
    }

    #[test]
    fn a_payout_that_breaks_a_rule_is_refused() {
        assert!(read(json!({})).is_ok());
        for changes in [
            json!({ "account_number": "1234" }),
            json!({ "account_number": null }),
            json!({ "amount": 99 }),
            json!({ "amount": "10000" }),
            json!({ "currency": "USD" }),
            json!({ "mode": "upi" }),
            json!({ "mode": "card" }),
            json!({ "purpose": "gift" }),
            json!({ "purpose": null }),
            json!({ "narration": "n".repeat(31) }),
            json!({ "narration": "Kamai: pay" }),
            json!({ "reference_id": "r".repeat(41) }),
            json!({ "queue_if_low_balance": "true" }),
            json!({ "fund_account_id": null }),
            json!({ "fund_account": {} }),
            json!({ "contact_id": "cont_1" }),
        ] {
            assert!(read(changes.clone()).is_err(), "{changes}");
        }
    }

    #[test]
    fn each_mode_has_its_limits() {
        for (mode, amount, is_fine) in [
            ("UPI", 10_000_000, true),
            ("UPI", 10_000_001, false),
            ("IMPS", 50_000_000, true),
            ("IMPS", 50_000_001, false),
            ("RTGS", 20_000_000, false),
            ("RTGS", 20_000_001, true),
            ("NEFT", 100, false),
            ("NEFT", 101, true),
        ] {
            assert_eq!(read(json!({ "mode": mode, "amount": amount })).is_ok(), is_fine, "{mode} {amount}");
        }
    }

    #[test]
    fn a_key_is_mandatory_and_of_few_characters() {
        let with = |key: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("X-Payout-Idempotency", key.parse().unwrap());
            key_of(&headers)
        };
        assert!(key_of(&HeaderMap::new()).is_err());
        assert!(with("abc").is_err());
        assert!(with(&"k".repeat(37)).is_err());
        assert!(with("pout:1234").is_err());
        assert_eq!(with("53cda91c-8f81-4e77-bbb9-7388f4ac6bf4").unwrap().len(), 36);
        assert!(with("a b_c-1").is_ok());
    }
}
