//! Pages by offset, of a list that moves while it is read.
//!
//! A row that is added pushes one that was read onto the next page: it comes twice, and is known by its id.
//! A row that goes, or a page that comes twice, leaves rows unread: then there are fewer than Uber counts,
//! and the list is read once more from its beginning.

use std::collections::BTreeMap;

use super::wire::PAGE_ROWS;
use crate::platforms::{PlatformError, wrong};

/// Ten thousand rows in ten days.
const PAGES_MAX: u32 = 200;

/// How often a list is begun that moves too fast.
const READINGS_MAX: u32 = 4;

pub(super) struct Page<T> {
    pub count: u32,
    pub rows: Vec<(String, T)>,
}

/// A list, as far as it was read.
pub(super) struct Gathering<T> {
    rows: BTreeMap<String, T>,
    offset: u32,
    pages: u32,
    readings: u32,
    /// What the reading before this one found, and was not all.
    before: Option<Vec<String>>,
    /// What Uber counted last.
    count: u32,
    is_whole: bool,
}

impl<T> Default for Gathering<T> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), offset: 0, pages: 0, readings: 1, before: None, count: 0, is_whole: false }
    }
}

impl<T> Gathering<T> {
    /// Where the next page begins; `None` when all is read.
    pub(super) fn next_offset(&self) -> Option<u32> {
        (!self.is_whole).then_some(self.offset)
    }

    /// # Errors
    ///
    /// [`PlatformError::Quarantined`] for pages without end, [`PlatformError::TryLater`] where the list
    /// never holds still.
    pub(super) fn take(&mut self, page: Page<T>) -> Result<(), PlatformError> {
        self.pages += 1;
        if self.pages > PAGES_MAX {
            return Err(wrong("count"));
        }
        let rows = u32::try_from(page.rows.len()).map_err(|_| wrong("count"))?;
        self.count = page.count;
        self.offset = self.offset.saturating_add(rows);
        // A row that came before is the same one, told later.
        self.rows.extend(page.rows);
        if rows == 0 || rows < PAGE_ROWS && self.offset >= self.count {
            return self.end();
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), PlatformError> {
        let ids: Vec<String> = self.rows.keys().cloned().collect();
        let is_stable = self.before.as_ref() == Some(&ids);
        if self.read() >= self.count || is_stable {
            self.is_whole = true;
            return Ok(());
        }
        if self.readings >= READINGS_MAX {
            return Err(PlatformError::TryLater { after_ms: None });
        }
        *self = Self { readings: self.readings + 1, before: Some(ids), ..Self::default() };
        Ok(())
    }

    fn read(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// How many rows there are of which Uber gave none, however often it was asked.
    pub(super) fn missing(&self) -> u32 {
        self.count.saturating_sub(self.read())
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &T> {
        self.rows.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(count: u32, ids: std::ops::Range<u32>) -> Page<u32> {
        Page { count, rows: ids.map(|id| (format!("{id:04}"), id)).collect() }
    }

    #[test]
    fn a_row_that_was_pushed_onto_the_next_page_counts_once() {
        let mut gathering = Gathering::default();
        gathering.take(page(70, 0..50)).unwrap();
        assert_eq!(gathering.next_offset(), Some(50));
        gathering.take(page(71, 49..70)).unwrap();
        assert_eq!(gathering.next_offset(), Some(0), "there are 71: the new one is on the first page");
        gathering.take(page(71, 0..50)).unwrap();
        gathering.take(page(71, 50..71)).unwrap();
        assert_eq!((gathering.next_offset(), gathering.rows().count(), gathering.missing()), (None, 71, 0));
    }

    #[test]
    fn a_page_that_comes_twice_is_noticed() {
        let mut gathering = Gathering::default();
        for _ in 0..2 {
            gathering.take(page(100, 0..50)).unwrap();
        }
        gathering.take(page(100, 0..0)).unwrap();
        assert_eq!(gathering.next_offset(), Some(0));
        gathering.take(page(100, 0..50)).unwrap();
        gathering.take(page(100, 50..100)).unwrap();
        gathering.take(page(100, 0..0)).unwrap();
        assert_eq!((gathering.next_offset(), gathering.rows().count()), (None, 100));
    }

    #[test]
    fn a_list_that_stays_short_is_taken_and_told() {
        let mut gathering = Gathering::default();
        for _ in 0..2 {
            gathering.take(page(12, 0..11)).unwrap();
            if gathering.next_offset() == Some(11) {
                gathering.take(page(12, 0..0)).unwrap();
            }
        }
        assert_eq!((gathering.next_offset(), gathering.missing()), (None, 1));
    }

    #[test]
    fn what_never_ends_or_never_holds_still_ends() {
        let mut endless = Gathering::default();
        let error = (0..1_000).find_map(|at| endless.take(page(u32::MAX, at * 50..at * 50 + 50)).err());
        assert_eq!(error, Some(wrong("count")));
        let mut restless = Gathering::default();
        let error = (0..100).find_map(|at| restless.take(page(9, at..at + 3)).err().or_else(|| restless.take(page(9, 0..0)).err()));
        assert_eq!(error, Some(PlatformError::TryLater { after_ms: None }));
    }
}
