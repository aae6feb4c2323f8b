//! Counting write units, so that what a command costs is known and a regression fails a test.

use crate::items::{Item, size};

/// Write units of one row: one for each KB, two within a transaction; and one for each change of
/// its place in the open index.
pub(crate) fn units(item: &Item, before: Option<bool>, transaction: bool) -> u64 {
    let rows = (size(item).div_ceil(1024) as u64) * if transaction { 2 } else { 1 };
    rows + u64::from(before.unwrap_or(false) != item.contains_key("open_pk"))
}
