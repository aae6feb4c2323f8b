//! The body of a WhatsApp send: its kinds, and the limits of each. Lengths count characters.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::inbox::Number;
use super::whatsapp::Refused;
use super::whatsapp_template;

pub enum Ask {
    /// The blue ticks, and perhaps the typing indicator.
    MarkRead,
    Send(Box<Sending>),
}

pub struct Sending {
    /// The recipient as it was written.
    pub input: String,
    pub to: Recipient,
    /// What there is to read.
    pub text: String,
    pub template: Option<String>,
    pub callback_data: Option<String>,
    /// Not only to those who wrote within 24 hours.
    pub is_template: bool,
    /// The kind's own object.
    pub content: Value,
}

/// Whom a message goes to.
pub enum Recipient {
    Number(Number),
    /// Of a user who may have no number for us.
    UserId(String),
}

pub fn read(body: &Value) -> Result<Ask, Refused> {
    let body = Part::top(body)?;
    if body.text("messaging_product", 1..=16)? != "whatsapp" {
        return Err(body.invalid("messaging_product", "must be whatsapp"));
    }
    if body.has("status") {
        if body.text("status", 1..=8)? != "read" {
            return Err(body.invalid("status", "must be read"));
        }
        body.text("message_id", 1..=512)?;
        return Ok(Ask::MarkRead);
    }
    if body.has("recipient_type") && body.text("recipient_type", 1..=16)? != "individual" {
        return Err(body.invalid("recipient_type", "must be individual"));
    }
    let (input, to) = if body.has("recipient") && !body.has("to") {
        let user_id = body.text("recipient", 4..=140)?.to_owned();
        (user_id.clone(), Recipient::UserId(user_id))
    } else {
        let input = body.text("to", 1..=20)?.to_owned();
        let number = Number::parse(&input).ok_or_else(|| body.invalid("to", "must be a phone number"))?;
        (input, Recipient::Number(number))
    };
    if body.has("context") {
        body.part("context")?.text("message_id", 1..=512)?;
    }
    let callback_data = match body.has("biz_opaque_callback_data") {
        true => Some(body.text("biz_opaque_callback_data", 0..=512)?.to_owned()),
        false => None,
    };

    let kind = if body.has("type") { body.text("type", 1..=16)? } else { "text" };
    let (text, template) = match kind {
        "text" => (body.part("text")?.text("body", 1..=4096)?.to_owned(), None),
        "template" => {
            let template = whatsapp_template::read(&body.part("template")?)?;
            (template.text, Some(template.name))
        }
        "interactive" => (interactive(&body.part("interactive")?)?, None),
        "image" => (media(&body.part("image")?)?, None),
        "audio" => (media(&body.part("audio")?)?, None),
        "document" => (media(&body.part("document")?)?, None),
        "location" => (location(&body.part("location")?)?, None),
        "reaction" => {
            let reaction = body.part("reaction")?;
            reaction.text("message_id", 1..=512)?;
            (reaction.text("emoji", 0..=16)?.to_owned(), None)
        }
        _ => return Err(body.invalid("type", "is not a kind of message")),
    };
    let content = body.fields.get(kind).cloned().unwrap_or_default();
    Ok(Ask::Send(Box::new(Sending { input, to, text, template, callback_data, is_template: kind == "template", content })))
}

fn interactive(part: &Part<'_>) -> Result<String, Refused> {
    let action = part.part("action")?;
    let text_max = match part.text("type", 1..=16)? {
        "button" => {
            buttons(&action)?;
            1024
        }
        "list" => {
            list(&action)?;
            4096
        }
        "cta_url" => {
            let parameters = action.part("parameters")?;
            if action.text("name", 1..=16)? != "cta_url" {
                return Err(action.invalid("name", "must be cta_url"));
            }
            parameters.text("display_text", 1..=20)?;
            if !parameters.text("url", 1..=2000)?.starts_with("http") {
                return Err(parameters.invalid("url", "must be a URL"));
            }
            1024
        }
        _ => return Err(part.invalid("type", "must be one of button, list, cta_url")),
    };
    if part.has("footer") {
        part.part("footer")?.text("text", 1..=60)?;
    }
    if part.has("header") {
        let header = part.part("header")?;
        if header.text("type", 1..=16)? == "text" {
            header.text("text", 1..=60)?;
        }
    }
    Ok(part.part("body")?.text("text", 1..=text_max)?.to_owned())
}

fn buttons(action: &Part<'_>) -> Result<(), Refused> {
    let buttons = action.list("buttons", 1..=3)?;
    let mut titles = HashSet::new();
    let mut ids = HashSet::new();
    for button in &buttons {
        if button.text("type", 1..=16)? != "reply" {
            return Err(button.invalid("type", "must be reply"));
        }
        let reply = button.part("reply")?;
        if !titles.insert(reply.text("title", 1..=20)?) {
            return Err(reply.invalid("title", "must be unique"));
        }
        if !ids.insert(reply.text("id", 1..=256)?) {
            return Err(reply.invalid("id", "must be unique"));
        }
    }
    Ok(())
}

fn list(action: &Part<'_>) -> Result<(), Refused> {
    action.text("button", 1..=20)?;
    let sections = action.list("sections", 1..=10)?;
    let mut row_ids = HashSet::new();
    let mut count = 0;
    for section in &sections {
        if section.has("title") || sections.len() > 1 {
            section.text("title", 1..=24)?;
        }
        for row in section.list("rows", 1..=10)? {
            count += 1;
            row.text("title", 1..=24)?;
            if !row_ids.insert(row.text("id", 1..=200)?) {
                return Err(row.invalid("id", "must be unique"));
            }
            if row.has("description") {
                row.text("description", 0..=72)?;
            }
        }
    }
    if count > 10 {
        return Err(action.invalid("sections", "at most 10 rows in total"));
    }
    Ok(())
}

fn media(part: &Part<'_>) -> Result<String, Refused> {
    if part.has("id") == part.has("link") {
        return Err(part.invalid("id", "exactly one of id and link is required"));
    }
    part.text(if part.has("id") { "id" } else { "link" }, 1..=2000)?;
    if part.has("caption") {
        return Ok(part.text("caption", 0..=1024)?.to_owned());
    }
    Ok(String::new())
}

fn location(part: &Part<'_>) -> Result<String, Refused> {
    for (name, most) in [("latitude", 90.0), ("longitude", 180.0)] {
        let value = part.fields.get(name).ok_or_else(|| Refused::missing(&part.at(name)))?;
        if !value.as_f64().is_some_and(|degrees| degrees.abs() <= most) {
            return Err(part.invalid(name, "must be a number of degrees"));
        }
    }
    if part.has("name") { Ok(part.text("name", 0..=1000)?.to_owned()) } else { Ok(String::new()) }
}

/// An object of the body, and where in it that is.
pub struct Part<'a> {
    pub fields: &'a Map<String, Value>,
    path: String,
}

impl<'a> Part<'a> {
    fn top(body: &'a Value) -> Result<Self, Refused> {
        let fields = body.as_object().ok_or_else(|| Refused::parameter("The request body is not an object"))?;
        Ok(Self { fields, path: String::new() })
    }

    pub fn at(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|value| !value.is_null())
    }

    pub fn invalid(&self, name: &str, rule: &str) -> Refused {
        Refused::invalid(&self.at(name), rule)
    }

    pub fn text(&self, name: &str, characters: std::ops::RangeInclusive<usize>) -> Result<&'a str, Refused> {
        let value = self.fields.get(name).filter(|value| !value.is_null());
        let text = value.ok_or_else(|| Refused::missing(&self.at(name)))?.as_str().ok_or_else(|| self.invalid(name, "must be a string"))?;
        if !characters.contains(&text.chars().count()) {
            return Err(self.invalid(name, &format!("must have {} to {} characters", characters.start(), characters.end())));
        }
        Ok(text)
    }

    pub fn part(&self, name: &str) -> Result<Part<'a>, Refused> {
        let value = self.fields.get(name).ok_or_else(|| Refused::missing(&self.at(name)))?;
        let fields = value.as_object().ok_or_else(|| self.invalid(name, "must be an object"))?;
        Ok(Part { fields, path: self.at(name) })
    }

    pub fn list(&self, name: &str, count: std::ops::RangeInclusive<usize>) -> Result<Vec<Part<'a>>, Refused> {
        let value = self.fields.get(name).ok_or_else(|| Refused::missing(&self.at(name)))?;
        let items = value.as_array().ok_or_else(|| self.invalid(name, "must be an array"))?;
        if !count.contains(&items.len()) {
            return Err(self.invalid(name, &format!("must have {} to {} entries", count.start(), count.end())));
        }
        let part = |(index, item): (usize, &'a Value)| {
            let path = format!("{}[{index}]", self.at(name));
            let fields = item.as_object().ok_or_else(|| Refused::invalid(&path, "must be an object"))?;
            Ok(Part { fields, path })
        };
        items.iter().enumerate().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(kind: &str, content: Value) -> Value {
        let mut body = json!({
            "messaging_product": "whatsapp", "recipient_type": "individual",
            "to": "919812345678", "type": kind,
        });
        body[kind] = content;
        body
    }

    #[track_caller]
    fn accepted(body: Value) -> Sending {
        match read(&body) {
            Ok(Ask::Send(sending)) => *sending,
            Ok(Ask::MarkRead) => panic!("marks as read"),
            Err(refused) => panic!("{refused:?}"),
        }
    }

    #[track_caller]
    fn refused(body: Value) {
        assert!(read(&body).is_err(), "{body}");
    }

    fn button(id: &str, title: &str) -> Value {
        json!({ "type": "reply", "reply": { "id": id, "title": title } })
    }

    fn with_buttons(buttons: Vec<Value>) -> Value {
        message("interactive", json!({ "type": "button", "body": { "text": "Pay?" }, "action": { "buttons": buttons } }))
    }

    fn with_rows(rows: usize) -> Value {
        let rows: Vec<_> = (0..rows).map(|n| json!({ "id": n.to_string(), "title": format!("Row {n}") })).collect();
        message(
            "interactive",
            json!({ "type": "list", "body": { "text": "Pick" },
                "action": { "button": "Choose", "sections": [{ "rows": rows }] } }),
        )
    }

    #[test]
    fn text_is_limited_in_characters_and_not_in_bytes() {
        assert_eq!(accepted(message("text", json!({ "body": "नमस्ते" }))).text, "नमस्ते");
        accepted(message("text", json!({ "body": "₹".repeat(4096) })));
        refused(message("text", json!({ "body": "₹".repeat(4097) })));
        refused(message("text", json!({ "body": "" })));
        refused(message("text", json!({})));
    }

    #[test]
    fn the_frame_is_checked_too() {
        refused(json!({ "to": "919812345678", "type": "text", "text": { "body": "x" } }));
        let mut body = message("text", json!({ "body": "x" }));
        body["to"] = json!("ravi");
        refused(body);
        let mut body = message("text", json!({ "body": "x" }));
        body["biz_opaque_callback_data"] = json!("x".repeat(513));
        refused(body);
        refused(message("fax", json!({})));
        assert!(matches!(read(&json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A" })), Ok(Ask::MarkRead)));
    }

    #[test]
    fn one_to_three_buttons_that_differ() {
        assert_eq!(accepted(with_buttons(vec![button("a", "Yes"), button("b", "No")])).text, "Pay?");
        refused(with_buttons(vec![]));
        refused(with_buttons((0..4).map(|n| button(&n.to_string(), &n.to_string())).collect()));
        refused(with_buttons(vec![button("a", "Yes"), button("b", "Yes")]));
        refused(with_buttons(vec![button("a", &"Y".repeat(21))]));
        refused(with_buttons(vec![button(&"a".repeat(257), "Yes")]));
    }

    #[test]
    fn ten_rows_in_all() {
        accepted(with_rows(10));
        refused(with_rows(11));
        refused(with_rows(0));
        let mut two = with_rows(6);
        let section = two["interactive"]["action"]["sections"][0].clone();
        two["interactive"]["action"]["sections"] = json!([section, section]);
        refused(two);
    }

    #[test]
    fn media_come_by_id_or_by_link() {
        assert_eq!(accepted(message("document", json!({ "id": "1", "caption": "Slip" }))).text, "Slip");
        refused(message("document", json!({ "id": "1", "link": "https://x" })));
        refused(message("image", json!({})));
        accepted(message("location", json!({ "latitude": 12.9, "longitude": 77.6 })));
        refused(message("location", json!({ "latitude": "12.9", "longitude": 77.6 })));
    }
}
