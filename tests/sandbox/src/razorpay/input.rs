//! Reading a request's JSON field by field, refusing in Razorpay's words.

use axum::body::Bytes;
use serde_json::{Map, Value};

use super::error::ApiError;
use super::notes::Notes;

/// The body as JSON. No body at all reads as an empty object: a full refund is asked for that way.
pub fn body(bytes: &Bytes) -> Result<Value, ApiError> {
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|_| ApiError::invalid("The request body is not valid JSON."))
}

/// An object of a request. Null counts as absent.
#[derive(Clone)]
pub struct Input<'a> {
    fields: &'a Map<String, Value>,
    /// The way here from the top, with a dot at its end: what an error's `field` begins with.
    prefix: String,
}

impl<'a> Input<'a> {
    pub fn of(value: &'a Value) -> Result<Self, ApiError> {
        match value {
            Value::Object(fields) => Ok(Self { fields, prefix: String::new() }),
            _ => Err(ApiError::invalid("The request body must be a JSON object.")),
        }
    }

    /// Refuses fields that the endpoint does not know.
    pub fn only(&self, known: &[&str]) -> Result<(), ApiError> {
        let extra: Vec<_> = self.fields.keys().filter(|key| !known.contains(&key.as_str())).cloned().collect();
        if extra.is_empty() {
            return Ok(());
        }
        Err(ApiError::invalid(format!("{} is/are not required and should not be sent", extra.join(", "))))
    }

    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    pub fn path(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    pub fn invalid(&self, name: &str, description: impl Into<String>) -> ApiError {
        ApiError::invalid_field(self.path(name), description)
    }

    pub fn required(&self, name: &str) -> ApiError {
        self.invalid(name, format!("The {} field is required.", words(name)))
    }

    pub fn text(&self, name: &str, characters_max: usize) -> Result<Option<&'a str>, ApiError> {
        let text = match self.value(name) {
            None => return Ok(None),
            Some(Value::String(text)) => text,
            Some(_) => {
                return Err(self.invalid(name, format!("The {} must be a string.", words(name))));
            }
        };
        if text.chars().count() > characters_max {
            return Err(self.invalid(name, format!("The {} may not be greater than {characters_max} characters.", words(name))));
        }
        Ok(Some(text))
    }

    pub fn required_text(&self, name: &str, characters_max: usize) -> Result<&'a str, ApiError> {
        match self.text(name, characters_max)? {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(self.required(name)),
        }
    }

    /// An owned copy, for what is only kept.
    pub fn kept_text(&self, name: &str, characters_max: usize) -> Result<Option<String>, ApiError> {
        Ok(self.text(name, characters_max)?.map(str::to_owned))
    }

    /// Neither `"100"` nor `100.0` is an integer here.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => value.as_i64().map(Some).ok_or_else(|| self.invalid(name, format!("The {} must be an integer.", words(name)))),
        }
    }

    pub fn required_integer(&self, name: &str) -> Result<i64, ApiError> {
        self.integer(name)?.ok_or_else(|| self.required(name))
    }

    pub fn boolean(&self, name: &str) -> Result<Option<bool>, ApiError> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(_) => Err(self.invalid(name, format!("The {} field must be true or false.", words(name)))),
        }
    }

    pub fn notes(&self) -> Result<Notes, ApiError> {
        Notes::read(&self.path("notes"), self.fields.get("notes"))
    }

    pub fn object(&self, name: &str) -> Result<Input<'a>, ApiError> {
        match self.value(name) {
            None => Err(self.required(name)),
            Some(Value::Object(fields)) => Ok(Input { fields, prefix: format!("{}.", self.path(name)) }),
            Some(_) => Err(self.invalid(name, format!("The {} must be an object.", words(name)))),
        }
    }

    /// INR, and nothing else: the account takes no other currency.
    pub fn currency(&self) -> Result<&'static str, ApiError> {
        match self.required_text("currency", 3)? {
            "INR" => Ok("INR"),
            _ => Err(self.invalid("currency", "Currency is not supported")),
        }
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }
}

/// A field's name as it stands in a sentence.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_amount_is_an_integer_and_nothing_like_it() {
        let body = json!({ "text": "100", "float": 100.5, "whole": 100.0, "huge": 1e30, "good": 100 });
        let input = Input::of(&body).unwrap();
        for name in ["text", "float", "whole", "huge", "absent"] {
            assert!(input.required_integer(name).is_err(), "{name}");
        }
        assert_eq!(input.required_integer("good").unwrap(), 100);
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        let body = json!({ "receipt": "₹".repeat(40) });
        let input = Input::of(&body).unwrap();
        assert!(input.text("receipt", 40).is_ok());
        assert!(input.text("receipt", 39).is_err());
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let body = json!({ "amount": 100, "role": "admin" });
        assert!(Input::of(&body).unwrap().only(&["amount"]).is_err());
        assert!(Input::of(&json!([])).is_err());
    }
}
