//! A row as its user can read it: without what is ours alone, times as times, what is sealed opened.

use crate::{banks, book::naming, vault::Vault};
use domain::{Timestamp, vault::Sealed};
use serde_json::{Map, Value, json};
use store::BYTES;

/// Where and as what a row lies: not its user's.
const OURS: [&str; 6] = ["pk", "sk", "v", "kind", "open_pk", "open_sk"];
/// Secrets, by what they are part of: nobody needs them to read, and they open doors.
const SECRETS: [(&str, &[&str]); 3] = [("pin", &["hash"]), ("bank", &["link", "grant", "tokens"]), ("devices", &["address", "keys"])];
/// Milliseconds since 1970 that are a time of this product.
const MILLISECONDS: std::ops::Range<i64> = 1_000_000_000_000..10_000_000_000_000;

pub fn readable(kind: &str, mut fields: Map<String, Value>, vault: &Vault) -> Map<String, Value> {
    for name in OURS {
        fields.remove(name);
    }
    let secrets = SECRETS.iter().find(|(of, _)| *of == kind).map_or([].as_slice(), |(_, secrets)| *secrets);
    Reader { secrets, vault }.map(fields)
}

struct Reader<'a> {
    secrets: &'a [&'a str],
    vault: &'a Vault,
}

impl Reader<'_> {
    fn map(&self, fields: Map<String, Value>) -> Map<String, Value> {
        let kept = fields.into_iter().filter(|(name, _)| !self.secrets.contains(&name.as_str()));
        kept.map(|(name, value)| (name.clone(), self.value(&name, value))).collect()
    }

    fn value(&self, name: &str, value: Value) -> Value {
        match value {
            Value::Object(inner) => match (inner.get(BYTES), sealed(&inner)) {
                (Some(hex), _) => hex.clone(),
                (None, Some(sealed)) => self.opened(name, &sealed),
                (None, None) => Value::Object(self.map(inner)),
            },
            Value::Array(list) => list.into_iter().map(|one| self.value(name, one)).collect(),
            Value::Number(number) => number.as_i64().and_then(|number| time(name, number)).unwrap_or(Value::Number(number)),
            other => other,
        }
    }

    /// What cannot be opened is said to be there: the rest of the copy is not kept from its user for it.
    fn opened(&self, name: &str, sealed: &Sealed) -> Value {
        let opened = match name {
            "name" => self.vault.open::<Value>(naming::NAME, sealed),
            // Where reading goes on, and with what, is a secret of ours and the bank's.
            "view" => self.vault.open::<Value>(banks::VIEW, sealed).map(|view| json!({ "accounts": view.get("accounts") })),
            _ => return json!("sealed"),
        };
        opened.unwrap_or_else(|error| {
            tracing::warn!(%error, "something sealed cannot be opened for its user");
            json!("sealed")
        })
    }
}

fn sealed(fields: &Map<String, Value>) -> Option<Sealed> {
    if fields.len() != 2 {
        return None;
    }
    let bytes = hex::decode(fields.get("bytes")?.get(BYTES)?.as_str()?).ok()?;
    Some(Sealed { key: fields.get("key")?.as_str()?.to_owned(), bytes })
}

fn time(name: &str, number: i64) -> Option<Value> {
    let is_time = name == "at" || name == "since" || ["_at", "_until"].iter().any(|end| name.ends_with(end));
    let time = Timestamp::from_millisecond(number).ok().filter(|_| is_time && MILLISECONDS.contains(&number))?;
    Some(Value::from(time.to_string()))
}
