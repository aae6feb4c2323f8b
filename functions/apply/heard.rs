//! What came of what a webhook told: of each thing, and of all together.

use store::{InboundStatus, KNOWN_ALREADY};

/// The longest outcome that is written down; it is for operators to read.
const OUTCOME_CHARS_MAX: usize = 500;

/// What came of one thing that was told. Operators read it, so it names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    acted: bool,
    what: String,
}

impl Heard {
    pub fn done(what: impl Into<String>) -> Self {
        Self { acted: true, what: what.into() }
    }

    /// Somebody else had brought the news before.
    pub fn known() -> Self {
        Self::done(KNOWN_ALREADY)
    }

    /// Nothing that we act on.
    pub fn ignored(what: impl Into<String>) -> Self {
        Self { acted: false, what: what.into() }
    }

    /// As it is written down with the webhook.
    pub fn written_down(self) -> (InboundStatus, String) {
        together(vec![self])
    }
}

/// Several things as one outcome: in the order in which they were told, alike ones counted.
pub fn together(all: Vec<Heard>) -> (InboundStatus, String) {
    if all.is_empty() {
        return (InboundStatus::Ignored, "it tells nothing".to_owned());
    }
    let status = if all.iter().any(|heard| heard.acted) { InboundStatus::Processed } else { InboundStatus::Ignored };
    let mut counted: Vec<(String, u32)> = Vec::new();
    for Heard { what, .. } in all {
        match counted.iter_mut().find(|(known, _)| *known == what) {
            Some((_, times)) => *times += 1,
            None => counted.push((what, 1)),
        }
    }
    let told = counted.into_iter().map(|(what, times)| if times == 1 { what } else { format!("{times} × {what}") });
    (status, told.collect::<Vec<_>>().join("; ").chars().take(OUTCOME_CHARS_MAX).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_written_down_as_it_is() {
        assert_eq!(Heard::known().written_down(), (InboundStatus::Processed, KNOWN_ALREADY.to_owned()));
        assert_eq!(Heard::ignored("no notice of ours").written_down(), (InboundStatus::Ignored, "no notice of ours".to_owned()));
        assert_eq!(together(Vec::new()).0, InboundStatus::Ignored);
    }

    #[test]
    fn of_several_one_that_was_acted_on_is_enough() {
        let all = vec![Heard::ignored("a"), Heard::done("b"), Heard::ignored("a")];
        assert_eq!(together(all), (InboundStatus::Processed, "2 × a; b".to_owned()));
        let many = (0..1_000).map(|n| Heard::ignored(format!("unreadable: entry[{n}]"))).collect();
        assert_eq!(together(many).1.chars().count(), OUTCOME_CHARS_MAX);
    }
}
