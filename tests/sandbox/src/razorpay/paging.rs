//! `count`, `skip`, `from`, `to`, and the collection they give.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::error::ApiError;

const COUNT_DEFAULT: usize = 10;
const COUNT_MAX: usize = 100;

pub type Query = HashMap<String, String>;

#[derive(Debug)]
pub struct Paging {
    count: usize,
    skip: usize,
    from: i64,
    to: i64,
}

impl Paging {
    pub fn read(query: &Query) -> Result<Self, ApiError> {
        let count = number(query, "count")?.unwrap_or(COUNT_DEFAULT);
        if !(1..=COUNT_MAX).contains(&count) {
            return Err(ApiError::invalid_field("count", "The count must be between 1 and 100."));
        }
        Ok(Self {
            count,
            skip: number(query, "skip")?.unwrap_or(0),
            from: number(query, "from")?.unwrap_or(i64::MIN),
            to: number(query, "to")?.unwrap_or(i64::MAX),
        })
    }

    /// The page of these, which come newest first with the time each was made.
    pub fn collection(&self, newest_first: impl Iterator<Item = (i64, Value)>) -> Value {
        collection(
            newest_first
                .filter(|(created_at, _)| (self.from..=self.to).contains(created_at))
                .skip(self.skip)
                .take(self.count)
                .map(|(_, item)| item)
                .collect(),
        )
    }
}

pub fn collection(items: Vec<Value>) -> Value {
    json!({ "entity": "collection", "count": items.len(), "items": items })
}

fn number<T: std::str::FromStr>(query: &Query, name: &str) -> Result<Option<T>, ApiError> {
    match query.get(name) {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| ApiError::invalid_field(name, format!("The {name} must be an integer."))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn a_page_is_cut_out_of_the_times_asked_for() {
        let items = || (1..=5).rev().map(|n| (n, json!(n)));
        let page = Paging::read(&query(&[("from", "2"), ("to", "4"), ("skip", "1"), ("count", "1")]));
        assert_eq!(page.unwrap().collection(items())["items"], json!([3]));
        assert_eq!(Paging::read(&query(&[])).unwrap().collection(items())["count"], 5);
    }

    #[test]
    fn a_page_has_at_most_a_hundred() {
        assert!(Paging::read(&query(&[("count", "101")])).is_err());
        assert!(Paging::read(&query(&[("count", "0")])).is_err());
        assert!(Paging::read(&query(&[("skip", "-1")])).is_err());
        assert!(Paging::read(&query(&[("from", "yesterday")])).is_err());
    }
}
