//! Remembering which request came first under a key.

use std::collections::HashMap;

use serde_json::Value;

/// The first request of each key. Bodies are compared as JSON, so that only what they say counts.
#[derive(Clone, Default)]
pub struct Keys {
    seen: HashMap<String, First>,
}

#[derive(Clone)]
struct First {
    path: String,
    body: Value,
    made: String,
}

/// What a key says about a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    Never,
    /// The same request; this is the id of what it made.
    Same(String),
    Different,
}

impl Keys {
    pub fn look_up(&self, key: &str, path: &str, body: &Value) -> Seen {
        match self.seen.get(key) {
            None => Seen::Never,
            Some(first) if first.path == path && first.body == *body => Seen::Same(first.made.clone()),
            Some(_) => Seen::Different,
        }
    }

    /// Only requests that made something are remembered: a refused one may be mended under its key.
    pub fn remember(&mut self, key: &str, path: &str, body: &Value, made: &str) {
        self.seen.insert(key.to_owned(), First { path: path.to_owned(), body: body.clone(), made: made.to_owned() });
    }
}
