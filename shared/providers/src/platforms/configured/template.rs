//! Texts with holes: `/v1/workers/{account}/earnings`.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hole {
    /// The worker's account.
    Account,
    /// The first day and the last, `2026-11-20`.
    From,
    To,
    /// When the first begins and the day after the last does: RFC 3339 in UTC, or Unix seconds.
    FromTime,
    ToTime,
    FromUnix,
    ToUnix,
    Cursor,
    /// Of a link's page.
    RedirectUri,
    State,
}

/// What a question may hold.
pub(super) const OF_QUESTIONS: [Hole; 8] =
    [Hole::Account, Hole::From, Hole::To, Hole::FromTime, Hole::ToTime, Hole::FromUnix, Hole::ToUnix, Hole::Cursor];

/// What the address of a link's page may hold.
pub(super) const OF_LINKS: [Hole; 3] = [Hole::Account, Hole::RedirectUri, Hole::State];

impl Hole {
    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::From => "from",
            Self::To => "to",
            Self::FromTime => "from_time",
            Self::ToTime => "to_time",
            Self::FromUnix => "from_unix",
            Self::ToUnix => "to_unix",
            Self::Cursor => "cursor",
            Self::RedirectUri => "redirect_uri",
            Self::State => "state",
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Hole(Hole),
}

impl Template {
    /// # Errors
    ///
    /// In words, for a hole that is none of these, or a brace without its other.
    pub(super) fn parse(text: &str, holes: &[Hole]) -> Result<Self, String> {
        let (mut pieces, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a brace is not closed")?;
            let known = || List(holes).to_string();
            let hole = holes.iter().copied().find(|hole| hole.name() == name);
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Hole(hole.ok_or_else(|| format!("{{{name}}} is none of {}", known()))?));
            rest = after;
        }
        if rest.contains('}') {
            return Err("a brace is not opened".to_owned());
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// `None` where there is nothing for one of its holes.
    pub(super) fn fill(&self, value: impl Fn(Hole) -> Option<String>) -> Option<String> {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Hole(hole) => value(*hole),
        });
        pieces.collect()
    }

    pub(super) fn has(&self, hole: Hole) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Hole(found) if *found == hole))
    }
}

struct List<'a>(&'a [Hole]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, hole) in self.0.iter().enumerate() {
            write!(f, "{}{{{}}}", if index == 0 { "" } else { ", " }, hole.name())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_and_an_empty_one_leaves_nothing() {
        let template = Template::parse("a{from}-{cursor}", &OF_QUESTIONS).unwrap();
        let value = |hole| (hole == Hole::From).then(|| "1".to_owned());
        assert_eq!(template.fill(value), None);
        assert_eq!(template.fill(|hole| Some(hole.name().to_owned())).as_deref(), Some("afrom-cursor"));
        assert_eq!(Template::parse("", &OF_QUESTIONS).unwrap().fill(|_| None).as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_hole_is_told_what_is() {
        assert_eq!(Template::parse("{state}", &OF_QUESTIONS).unwrap_err().split(" is none of ").next(), Some("{state}"));
        assert!(Template::parse("{state", &OF_LINKS).is_err() && Template::parse("state}", &OF_LINKS).is_err());
    }
}
