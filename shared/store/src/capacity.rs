//! Counting write units, so that what a command costs is known and a regression fails a test.

use crate::items::{Item, size};
use aws_sdk_dynamodb::types::AttributeValue;

/// A row's place in the open index.
pub(crate) type Place = (Option<AttributeValue>, Option<AttributeValue>);

pub(crate) fn place_of(item: &Item) -> Place {
    (item.get("open_pk").cloned(), item.get("open_sk").cloned())
}

/// Write units of one row: one for each KB, two within a transaction; and one for taking a place in
/// the open index, one for leaving one.
pub(crate) fn units(item: &Item, before: &Place, transaction: bool) -> u64 {
    let rows = (size(item).div_ceil(1024) as u64) * if transaction { 2 } else { 1 };
    let after = place_of(item);
    let moves = if *before == after { 0 } else { u64::from(before.0.is_some()) + u64::from(after.0.is_some()) };
    rows + moves
}
