//! The banks and gig platforms that Kamai knows a way to, or knows that there is none.

use serde::Deserialize;
use std::sync::OnceLock;
use understanding::is_name_of;

/// What a connection tells of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Accounts, with their balances and entries.
    #[default]
    Bank,
    /// Days of work, with what they earned.
    Platform,
}

/// One of them, or a reader of many.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub id: String,
    /// As its customers call it.
    pub name: String,
    #[serde(default)]
    pub kind: Kind,
    /// Who reads it; of a platform, what its connector is called.
    pub provider: String,
    /// What else it is called.
    pub also: Vec<String>,
    /// Whether it publishes no interface for what its workers earn: it is read where it has given us one of our own.
    #[serde(default)]
    pub is_private: bool,
    /// Why there is no way to it any more.
    #[serde(default)]
    pub closed: Option<String>,
}

/// All of them.
///
/// # Errors
///
/// Where `catalogue.json` is not what it must be, which a test keeps from happening.
pub fn entries() -> Result<&'static [Entry], &'static str> {
    static ENTRIES: OnceLock<Option<Vec<Entry>>> = OnceLock::new();
    let read = || serde_json::from_str(include_str!("catalogue.json")).ok();
    ENTRIES.get_or_init(read).as_deref().ok_or("the catalogue of banks cannot be read")
}

pub fn find(id: &str) -> Option<&'static Entry> {
    entries().ok()?.iter().find(|entry| entry.id == id)
}

/// What the connection of that name is of. One that is in the catalogue no more is a bank's.
pub fn kind_of(id: &str) -> Kind {
    find(id).map_or_else(Kind::default, |entry| entry.kind)
}

/// The bank or platform that somebody means.
pub fn named(said: &str) -> Option<&'static Entry> {
    let is_it = |entry: &&Entry| entry.id == said || is_name_of(said, &entry.name) || entry.also.iter().any(|name| is_name_of(said, name));
    entries().ok()?.iter().find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_catalogue_is_read_and_every_bank_has_a_name_of_its_own() {
        let entries = entries().unwrap();
        assert_eq!(entries.iter().map(|entry| &entry.id).collect::<BTreeSet<_>>().len(), entries.len());
        assert!(entries.iter().all(|entry| entry.id.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'))));
    }

    #[test]
    fn a_bank_is_known_by_what_people_call_it() {
        for said in ["demo-bank", "Demo Bank", "demo"] {
            assert_eq!(named(said).map(|entry| entry.id.as_str()), Some("demo-bank"), "{said}");
        }
        assert!(named("no such bank").is_none());
        for (said, id) in [("uber", "uber"), ("Swiggy", "swiggy"), ("ब्लिंकिट", "blinkit")] {
            assert_eq!(named(said).map(|entry| (entry.id.as_str(), entry.kind)), Some((id, Kind::Platform)), "{said}");
        }
    }

    #[test]
    fn what_is_closed_says_so() {
        assert!(find("okra").is_some_and(|entry| entry.closed.is_some()));
    }
}
