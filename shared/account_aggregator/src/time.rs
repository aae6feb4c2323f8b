//! Times on the wire.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// `2023-06-26T11:39:57.153Z`: in UTC, with milliseconds (`account-aggregator.md`, section 3).
pub fn to_text(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// Any ISO 8601 time with an offset; one without is in UTC. `None` for anything else.
pub fn parse(text: &str) -> Option<Timestamp> {
    parse_in(text, &TimeZone::UTC)
}

/// The same; one without an offset is of that zone.
pub(crate) fn parse_in(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    // An offset that was not understood is not taken for none.
    let civil: DateTime = text.bytes().all(|byte| byte.is_ascii_digit() || b"-:.Tt ".contains(&byte)).then(|| text.parse().ok())??;
    civil.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
}

/// Times within messages, as serde reads and writes them.
pub(crate) mod wire {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::to_text(*time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::parse(&text).ok_or_else(|| de::Error::custom("not a time"))
    }
}

/// The same for one that may be missing, `null` or empty. Use with `default`.
pub(crate) mod wire_or_none {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.serialize_str(&super::to_text(*time)),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        match Option::<String>::deserialize(deserializer)?.filter(|text| !text.trim().is_empty()) {
            None => Ok(None),
            Some(text) => super::parse(&text).map(Some).ok_or_else(|| de::Error::custom("not a time")),
        }
    }
}

const TEXT_BYTES_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_with_any_offset_and_written_with_milliseconds() {
        for text in
            ["2023-06-26T11:39:57.153Z", "2023-06-26T17:09:57.153+05:30", "2023-06-26T11:39:57.153+00:00", "2023-06-26 11:39:57.153"]
        {
            assert_eq!(parse(text).map(to_text).as_deref(), Some("2023-06-26T11:39:57.153Z"), "{text}");
        }
        assert_eq!(parse("2023-06-26T11:39:57Z").map(to_text).as_deref(), Some("2023-06-26T11:39:57.000Z"));
    }

    #[test]
    fn nothing_else_is_a_time() {
        for text in ["", "yesterday", "2023-13-01T00:00:00Z", "1687779597", "2023-06-26T11:39:57+99:00", "2023-06-26T25:00:00Z"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
