//! Typed, sortable ids, and the fingerprint that makes a command's id its idempotency record.
//!
//! An id is a ULID behind a prefix that a person knows in a log: `pout_01J…`. Its 48 bits of time
//! say when it was first asked for; its other 80 bits are a [`Fingerprint`] of who asked and with
//! which key. So the row of a payout can be found from its id *and* from the caller's
//! `Idempotency-Key`, and one row is both: no second record can disagree with it.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use ulid::Ulid;

/// 80 bits that stand for one intent: the same caller and key give the same fingerprint, for ever.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Of a scope (who asks, or which source) and a key that is unique within it.
    pub fn of(scope: &str, key: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update((scope.len() as u64).to_be_bytes());
        hash.update(scope);
        hash.update(key);
        let mut bits = [0u8; 16];
        bits[6..].copy_from_slice(&hash.finalize()[..10]);
        Self(u128::from_be_bytes(bits))
    }

    /// From 10 random bytes, for what nobody may ask for twice on purpose.
    pub fn random(bytes: [u8; 10]) -> Self {
        let mut bits = [0u8; 16];
        bits[6..].copy_from_slice(&bytes);
        Self(u128::from_be_bytes(bits))
    }

    /// As a number.
    pub fn number(self) -> u128 {
        self.0
    }

    /// One of `shards` shards, evenly.
    pub fn shard(self, shards: u8) -> u8 {
        (self.0 % u128::from(shards.max(1))) as u8
    }
}

impl fmt::Display for Fingerprint {
    /// The 16 characters that also end the id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Ulid(self.0).to_string()[10..])
    }
}

impl FromStr for Fingerprint {
    type Err = BadFingerprint;

    fn from_str(text: &str) -> Result<Self, BadFingerprint> {
        // Only the canonical form: case and look-alikes would name one thing in two ways.
        let ulid = Ulid::from_string(&format!("0000000000{text}")).map_err(|_| BadFingerprint)?;
        Some(Self(ulid.0)).filter(|fingerprint| fingerprint.to_string() == text).ok_or(BadFingerprint)
    }
}

/// A text that is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 16 letters and digits")]
pub struct BadFingerprint;

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not an id of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an id that starts with `{prefix}_`, followed by 26 letters and digits")]
pub struct BadId {
    pub prefix: &'static str,
}

fn parse(text: &str, prefix: &'static str) -> Result<Ulid, BadId> {
    let body = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).ok_or(BadId { prefix })?;
    let id = Ulid::from_string(body).map_err(|_| BadId { prefix })?;
    // Crockford's alphabet has look-alikes; only the spelling that we print is ours.
    if id.to_string() == body { Ok(id) } else { Err(BadId { prefix }) }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Ulid);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            pub fn new(at: Timestamp, fingerprint: Fingerprint) -> Self {
                let ms = u128::try_from(at.as_millisecond()).unwrap_or(0);
                Self(Ulid((ms << 80) | fingerprint.0))
            }

            /// When it was first asked for.
            pub fn at(self) -> Timestamp {
                i64::try_from(self.0.timestamp_ms()).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX)
            }

            /// The part that finds the row.
            pub fn fingerprint(self) -> Fingerprint {
                Fingerprint(self.0.random())
            }

            /// The 26 characters behind the prefix.
            pub fn body(self) -> String {
                self.0.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                parse(text, $prefix).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person or an organisation.
    UserId = "usr";
    /// A user's wallet: the same ULID as the user's.
    AccountId = "acc";
    /// Money from one user to another.
    TransferId = "trf";
    /// A payment order, and the payment that settles it.
    PaymentId = "pay";
    /// A payment given back.
    RefundId = "rfnd";
    /// The lines of a batch, as one request brought them.
    SheetId = "sht";
    /// Money out, to a payee.
    PayoutId = "pout";
    /// A UPI id or bank account that a user pays out to.
    PayeeId = "pye";
    /// Many payouts, asked for at once.
    BatchId = "bat";
    /// A payment that is made again and again.
    StandingId = "stp";
    /// A bank that a user has connected.
    BankId = "bank";
    /// A payment that belongs to no order of ours.
    SuspenseId = "sus";
    /// One fact of a user's feed.
    FactId = "evt";
    /// A message of a room.
    MessageId = "msg";
    /// A file that somebody sends.
    FileId = "file";
    /// Something that operators published.
    PublicationId = "pub";
    /// One notice to many people.
    CampaignId = "cmp";
    /// Where people write to each other.
    RoomId = "room";
    /// A message that somebody reported.
    ReportId = "rpt";
    /// A log-in in progress.
    ChallengeId = "chl";
    /// A family of refresh tokens: one signed-in device.
    SessionId = "ses";
    /// Something that a user is told.
    NoticeId = "ntc";
    /// What pushes are sent to, whoever uses it.
    DeviceId = "dev";
}

impl AccountId {
    /// The wallet of a user. One currency is held today, so this is one to one.
    pub fn wallet_of(user: UserId) -> Self {
        Self(user.0)
    }

    /// Whose wallet it is.
    pub fn owner(self) -> UserId {
        UserId(self.0)
    }
}

/// The id of something that moves money, of whichever kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OperationId {
    Transfer(TransferId),
    Payment(PaymentId),
    Refund(RefundId),
    Payout(PayoutId),
    Batch(BatchId),
    Suspense(SuspenseId),
}

impl OperationId {
    pub fn fingerprint(self) -> Fingerprint {
        match self {
            Self::Transfer(id) => id.fingerprint(),
            Self::Payment(id) => id.fingerprint(),
            Self::Refund(id) => id.fingerprint(),
            Self::Payout(id) => id.fingerprint(),
            Self::Batch(id) => id.fingerprint(),
            Self::Suspense(id) => id.fingerprint(),
        }
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transfer(id) => id.fmt(f),
            Self::Payment(id) => id.fmt(f),
            Self::Refund(id) => id.fmt(f),
            Self::Payout(id) => id.fmt(f),
            Self::Batch(id) => id.fmt(f),
            Self::Suspense(id) => id.fmt(f),
        }
    }
}

impl FromStr for OperationId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split('_').next().unwrap_or_default() {
            PaymentId::PREFIX => text.parse().map(Self::Payment),
            RefundId::PREFIX => text.parse().map(Self::Refund),
            PayoutId::PREFIX => text.parse().map(Self::Payout),
            BatchId::PREFIX => text.parse().map(Self::Batch),
            SuspenseId::PREFIX => text.parse().map(Self::Suspense),
            _ => text.parse().map(Self::Transfer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    #[test]
    fn the_same_caller_and_key_find_the_same_row_whenever_they_ask() {
        let key = Fingerprint::of("usr_1", "key");
        let (first, later) = (PayoutId::new(at(1), key), PayoutId::new(at(99_999), key));
        assert_ne!(first, later);
        assert_eq!(first.fingerprint(), later.fingerprint());
        assert!(first < later);
        assert_eq!((first.at(), later.at()), (at(1), at(99_999)));
    }

    #[test]
    fn scope_and_key_do_not_run_into_each_other() {
        assert_ne!(Fingerprint::of("ab", "c"), Fingerprint::of("a", "bc"));
        assert_ne!(Fingerprint::of("usr_1", "k"), Fingerprint::of("usr_2", "k"));
    }

    #[test]
    fn ids_read_back_as_they_are_printed_and_no_other_way() {
        let id = PayoutId::new(at(1_700_000_000_000), Fingerprint::of("u", "k"));
        assert_eq!(id.to_string().parse(), Ok(id));
        let lower = id.to_string().to_lowercase();
        for text in [
            lower.as_str(),
            "pout_",
            "pout_1",
            "trf_01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "",
            "pout_01ARZ3NDEKTSV4RRFFQ69G5FAV\0",
            "pout_IIARZ3NDEKTSV4RRFFQ69G5FAV",
        ] {
            assert!(text.parse::<PayoutId>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_operation_knows_its_kind_by_its_prefix() {
        let id = RefundId::new(at(1), Fingerprint::of("u", "k"));
        assert_eq!(id.to_string().parse(), Ok(OperationId::Refund(id)));
        assert!("usr_01ARZ3NDEKTSV4RRFFQ69G5FAV".parse::<OperationId>().is_err());
    }
}
