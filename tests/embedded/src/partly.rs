//! A batch of which only a part is carried out, as DynamoDB may at any time.

use serde_json::{Value, json};

/// The first half of a batch's requests to its table, and what its answer tells of the rest: the
/// attribute's name and its value. `None` where there is nothing to halve.
pub(crate) fn halve(operation: &str, mut body: Value) -> Option<(Value, &'static str, Value)> {
    let (table, asked) = body["RequestItems"].as_object_mut()?.iter_mut().next()?;
    let (requests, name) = match operation {
        "BatchWriteItem" => (asked.as_array_mut()?, "UnprocessedItems"),
        "BatchGetItem" => (asked["Keys"].as_array_mut()?, "UnprocessedKeys"),
        _ => return None,
    };
    if requests.len() < 2 {
        return None;
    }
    let rest = requests.split_off(requests.len().div_ceil(2));
    let rest = if name == "UnprocessedItems" { json!(rest) } else { json!({ "Keys": rest, "ConsistentRead": true }) };
    let rest = json!({ table.as_str(): rest });
    Some((body, name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_told_as_it_was_asked() {
        let body = json!({ "RequestItems": { "main": { "Keys": [1, 2, 3], "ConsistentRead": true } } });
        let (first, name, rest) = halve("BatchGetItem", body).unwrap();
        assert_eq!((first["RequestItems"]["main"]["Keys"].clone(), name), (json!([1, 2]), "UnprocessedKeys"));
        assert_eq!(rest, json!({ "main": { "Keys": [3], "ConsistentRead": true } }));
        let (first, name, rest) = halve("BatchWriteItem", json!({ "RequestItems": { "main": [1, 2] } })).unwrap();
        assert_eq!((first, name, rest), (json!({ "RequestItems": { "main": [1] } }), "UnprocessedItems", json!({ "main": [2] })));
    }

    #[test]
    fn one_request_is_not_halved() {
        assert!(halve("BatchWriteItem", json!({ "RequestItems": { "main": [1] } })).is_none());
        assert!(halve("PutItem", json!({})).is_none());
    }
}
