//! JSON renderings of the XML: attributes are values, elements are objects, or lists of them.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::BadDocument;
use super::element::{Budget, Element};

pub fn parse(text: &str) -> Result<Element, BadDocument> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|_| BadDocument::Form)?;
    let root = object(String::new(), raw, 0, &mut Budget::whole())?;
    // Some wrap the account, some do not.
    match root.children.iter().position(|child| child.name.eq_ignore_ascii_case("Account")) {
        Some(place) => root.children.into_iter().nth(place).ok_or(BadDocument::NoAccount),
        None => Ok(Element { name: "Account".into(), ..root }),
    }
}

/// Numbers are taken as they are written, so that no amount goes through a float.
fn object(name: String, raw: &RawValue, depth: u32, budget: &mut Budget) -> Result<Element, BadDocument> {
    budget.take(depth)?;
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get()).map_err(|_| BadDocument::Form)?;
    let mut found = Element { name, attributes: Vec::new(), children: Vec::new() };
    for (name, value) in fields {
        // Converters mark attributes so.
        let name = name.trim_start_matches(['@', '_', '$']).to_owned();
        match value.get().bytes().next() {
            Some(b'{') => found.children.push(object(name, value, depth + 1, budget)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(value.get()).map_err(|_| BadDocument::Form)?;
                for item in items.into_iter().filter(|item| item.get().starts_with('{')) {
                    found.children.push(object(name.clone(), item, depth + 1, budget)?);
                }
            }
            Some(b'"') => {
                let text = serde_json::from_str(value.get()).map_err(|_| BadDocument::Form)?;
                found.attributes.push((name, text));
            }
            _ => found.attributes.push((name, value.get().to_owned())),
        }
    }
    Ok(found)
}
