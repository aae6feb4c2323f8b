//! In whose name data are asked for (`account-aggregator.md`, section 0).
//!
//! One who asks must be regulated by RBI, SEBI, IRDAI or PFRDA. Anybody else is the technology provider
//! of one, whose id then stands in every request; without such a holder nothing is asked.

use crate::wire::{DataConsumer, Party};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActingAs {
    /// We hold the licence.
    Fiu,
    /// Another one does, and we work for it.
    TechnologyProvider,
}

impl ActingAs {
    /// `FIU` or `TSP`, as configuration has it.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "FIU" => Some(Self::Fiu),
            "TSP" => Some(Self::TechnologyProvider),
            _ => None,
        }
    }
}

/// Why data may not be asked for at all. Found at start-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unlicensed {
    #[error("no licence holder is configured")]
    NoHolder,
    #[error("the licence holder has no entity id in the registry")]
    NoEntity,
}

/// A licence holder, and what we are to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    entity_id: String,
    holder: String,
    acting_as: ActingAs,
}

impl Licence {
    /// # Errors
    ///
    /// [`Unlicensed`] where either name is missing.
    pub fn new(entity_id: &str, holder: &str, acting_as: ActingAs) -> Result<Self, Unlicensed> {
        let (entity_id, holder) = (entity_id.trim(), holder.trim());
        if holder.is_empty() {
            return Err(Unlicensed::NoHolder);
        }
        if entity_id.is_empty() {
            return Err(Unlicensed::NoEntity);
        }
        Ok(Self { entity_id: entity_id.to_owned(), holder: holder.to_owned(), acting_as })
    }

    /// Its name, which customers are shown.
    pub fn holder(&self) -> &str {
        &self.holder
    }

    pub fn acting_as(&self) -> ActingAs {
        self.acting_as
    }

    /// Who asks, in every request for consent.
    pub fn data_consumer(&self) -> DataConsumer {
        DataConsumer { id: self.entity_id.clone(), kind: Party::Fiu }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_without_a_licence_holder() {
        let licence = |entity, holder| Licence::new(entity, holder, ActingAs::TechnologyProvider);
        assert_eq!(licence("FIU-1", " "), Err(Unlicensed::NoHolder));
        assert_eq!(licence("", "Asha Finance Ltd"), Err(Unlicensed::NoEntity));
        let held = licence("FIU-1", "Asha Finance Ltd").map(|held| (held.data_consumer().id, held.holder().to_owned()));
        assert_eq!(held, Ok(("FIU-1".into(), "Asha Finance Ltd".into())));
        assert_eq!((ActingAs::from_text("TSP"), ActingAs::from_text("us")), (Some(ActingAs::TechnologyProvider), None));
    }
}
