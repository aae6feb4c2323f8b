//! Reading JSON so that a failure names the place and not the value.

use serde::de::DeserializeOwned;

use super::error::Illegible;

/// Reads one JSON value and nothing after it.
///
/// Nesting deeper than 128 is not JSON to us: the parser counts, so the stack is safe.
///
/// # Errors
///
/// [`Illegible`]. The parser's own message is dropped, because it quotes what it found.
pub(crate) fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Illegible> {
    let mut parser = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut parser)
        .map_err(|error| if error.inner().is_data() { Illegible::WrongShape { path: place(&error) } } else { not_json(error.inner()) })?;
    parser.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

/// As [`read_json`], for a value that must be an object: serde would take an array for one, by position.
///
/// # Errors
///
/// [`Illegible`], as there.
pub(crate) fn read_json_object<T: DeserializeOwned>(body: &[u8]) -> Result<T, Illegible> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(Illegible::WrongShape { path: ".".to_owned() });
    }
    read_json(body)
}

fn not_json(error: &serde_json::Error) -> Illegible {
    Illegible::NotJson { line: error.line(), column: error.column() }
}

/// The path to the value; where a field is missing, with that field's name at its end.
fn place(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    let message = error.inner().to_string();
    // Safe to quote: the name comes from our own types.
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match missing {
        Some(field) if path == "." => field.to_owned(),
        Some(field) => format!("{path}.{field}"),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(rename = "inner")]
        _inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        #[serde(rename = "amount")]
        _amount: i64,
    }

    fn place_of(body: &str) -> String {
        match read_json::<Outer>(body.as_bytes()).unwrap_err() {
            Illegible::WrongShape { path } => path,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_wrong_value_is_named_by_its_path_and_not_quoted() {
        assert_eq!(place_of(r#"{"inner":[{"amount":1},{"amount":"9876543210"}]}"#), "inner[1].amount");
        assert_eq!(place_of(r#"{"inner":[{"amount":1.5}]}"#), "inner[0].amount");
        assert_eq!(place_of(r#"{"inner":[{"amount":9223372036854775808}]}"#), "inner[0].amount");
        assert_eq!(place_of(r#"{"inner":[{}]}"#), "inner[0].amount");
        assert_eq!(place_of("{}"), "inner");
    }

    #[test]
    fn what_is_no_json_is_told_by_its_place() {
        for body in ["", "{", "{} {}", "\u{0}", "{\"inner\":[{\"amount\":1}]} x"] {
            let why = read_json::<Outer>(body.as_bytes()).unwrap_err();
            let short_of_a_field = matches!(&why, Illegible::WrongShape { path } if path == "inner");
            assert!(matches!(why, Illegible::NotJson { .. }) || short_of_a_field, "{body}: {why}");
        }
    }

    #[test]
    fn an_array_is_no_object() {
        assert!(read_json::<Outer>(br#"[[{"amount":1}]]"#).is_ok());
        assert_eq!(read_json_object::<Outer>(b" [[]]").unwrap_err(), Illegible::WrongShape { path: ".".into() });
        assert!(read_json_object::<Outer>(br#" {"inner":[]}"#).is_ok());
    }

    #[test]
    fn deep_nesting_is_refused_and_the_stack_survives() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(matches!(read_json::<serde_json::Value>(deep.as_bytes()), Err(Illegible::NotJson { .. })));
        let ignored = format!(r#"{{"inner":[],"x":{deep}}}"#);
        assert!(read_json::<Outer>(ignored.as_bytes()).is_ok());
        let in_map = format!(r#"{{"x":{deep}}}"#);
        assert!(read_json::<BTreeMap<String, serde_json::Value>>(in_map.as_bytes()).is_err());
    }
}
