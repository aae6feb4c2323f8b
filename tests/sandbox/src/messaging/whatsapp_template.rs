//! Template messages: a name, a language, and parameters for its components.

use super::whatsapp::Refused;
use super::whatsapp_body::Part;

pub struct Template {
    pub name: String,
    /// The body's parameters with a space between. The fixed text is with Meta, not in the message.
    pub text: String,
}

pub fn read(part: &Part<'_>) -> Result<Template, Refused> {
    let name = part.text("name", 1..=512)?;
    if !name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_') {
        return Err(part.invalid("name", "has lower-case letters, digits and underscores"));
    }
    part.part("language")?.text("code", 2..=10)?;
    let mut text = Vec::new();
    if part.has("components") {
        for component in part.list("components", 0..=20)? {
            match component.text("type", 1..=16)? {
                "body" => text = parameters(&component)?,
                "header" => {
                    parameters(&component)?;
                }
                "button" => button(&component)?,
                _ => return Err(component.invalid("type", "must be header, body or button")),
            }
        }
    }
    Ok(Template { name: name.to_owned(), text: text.join(" ") })
}

fn button(component: &Part<'_>) -> Result<(), Refused> {
    let kind = component.text("sub_type", 1..=16)?;
    if !["quick_reply", "url", "copy_code", "flow"].contains(&kind) {
        return Err(component.invalid("sub_type", "must be quick_reply, url, copy_code or flow"));
    }
    let index = component.fields.get("index").map(|index| match index {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    if !index.is_some_and(|index| index.parse::<u8>().is_ok_and(|index| index < 10)) {
        return Err(component.invalid("index", "is a number from 0 to 9"));
    }
    parameters(component)?;
    Ok(())
}

/// What each parameter reads as.
fn parameters(component: &Part<'_>) -> Result<Vec<String>, Refused> {
    if !component.has("parameters") {
        return Ok(Vec::new());
    }
    component.list("parameters", 0..=100)?.iter().map(parameter).collect()
}

fn parameter(part: &Part<'_>) -> Result<String, Refused> {
    match part.text("type", 1..=16)? {
        "text" => {
            let text = part.text("text", 1..=1024)?;
            if text.contains(['\n', '\t']) || text.contains("     ") {
                return Err(Refused::parameter("Param text cannot have new-line/tab characters or more than 4 consecutive spaces"));
            }
            Ok(text.to_owned())
        }
        "currency" => {
            let currency = part.part("currency")?;
            currency.text("code", 3..=3)?;
            if !currency.fields.get("amount_1000").is_some_and(serde_json::Value::is_i64) {
                return Err(currency.invalid("amount_1000", "is an integer"));
            }
            Ok(currency.text("fallback_value", 1..=60)?.to_owned())
        }
        "date_time" => Ok(part.part("date_time")?.text("fallback_value", 1..=60)?.to_owned()),
        "payload" => Ok(part.text("payload", 1..=256)?.to_owned()),
        "coupon_code" => Ok(part.text("coupon_code", 1..=15)?.to_owned()),
        kind @ ("document" | "image" | "video" | "location" | "action") => {
            part.part(kind)?;
            Ok(String::new())
        }
        _ => Err(part.invalid("type", "is not a kind of parameter")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::whatsapp_body::{Ask, read};
    use serde_json::{Value, json};

    fn template(name: &str, components: Value) -> Value {
        json!({
            "messaging_product": "whatsapp", "to": "919812345678", "type": "template",
            "template": { "name": name, "language": { "code": "en_US" }, "components": components },
        })
    }

    #[test]
    fn a_templates_text_is_what_fills_its_body() {
        let body = template(
            "payout_done",
            json!([
                { "type": "header", "parameters": [{ "type": "document", "document": { "id": "M" } }] },
                { "type": "body", "parameters": [
                    { "type": "text", "text": "Ravi" },
                    { "type": "currency", "currency":
                        { "fallback_value": "₹250", "code": "INR", "amount_1000": 250_000 } },
                ] },
                { "type": "button", "sub_type": "quick_reply", "index": "0",
                  "parameters": [{ "type": "payload", "payload": "ACK:tx_1" }] },
            ]),
        );
        let Ok(Ask::Send(sending)) = read(&body) else { panic!("refused") };
        assert_eq!(sending.text, "Ravi ₹250");
        assert_eq!(sending.template.as_deref(), Some("payout_done"));
    }

    #[test]
    fn a_template_that_breaks_a_rule_is_refused() {
        let text = |text: &str| json!([{ "type": "body", "parameters": [{ "type": "text", "text": text }] }]);
        for body in [
            template("Payout Done", json!([])),
            template("payout_done", text("two\nlines")),
            template("payout_done", text("far      apart")),
            template("payout_done", json!([{ "type": "footer" }])),
            template("payout_done", json!([{ "type": "button", "sub_type": "url" }])),
            json!({ "messaging_product": "whatsapp", "to": "919812345678", "type": "template",
                "template": { "name": "payout_done" } }),
        ] {
            assert!(read(&body).is_err(), "{body}");
        }
    }
}
