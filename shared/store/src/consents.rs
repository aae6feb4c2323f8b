//! What users have agreed to, read.

use crate::{Store, error::StoreError, keys};
use domain::{
    consent::{Consent, Consents},
    engine::{Key, Record},
    fact::SEQ_MAX,
    id::UserId,
};

impl Store {
    /// What stands of a user's consents; of who has said nothing, nothing.
    pub async fn consents(&self, user: UserId) -> Result<Consents, StoreError> {
        Ok(match self.record(&Key::Consents(user)).await? {
            Some(Record::Consents(consents)) => consents,
            _ => Consents::new(user),
        })
    }

    /// All that a user has said, the first first.
    pub async fn consent_chain(&self, user: UserId) -> Result<Vec<Consent>, StoreError> {
        let records = self.between(&keys::consent(user, 0), &keys::consent(user, SEQ_MAX)).await?;
        Ok(records.into_iter().filter_map(|record| if let Record::Consent(one) = record { Some(one) } else { None }).collect())
    }
}
