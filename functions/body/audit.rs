//! The log of what operators did.

use domain::{
    audit::{Break, Entry, Walk},
    fact::SEQ_MAX,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an operator did. `hash` is SHA-256 in hex over its place, `previous_hash` and all that it
/// says, as `docs/operations.md` has it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActBody {
    /// Its place in the log: from 1, without gaps.
    pub seq: u64,
    /// Of the entry before it; zeros where it is the first.
    pub previous_hash: String,
    pub hash: String,
    /// Names the act: it is in the log once, however often it was tried.
    pub id: String,
    pub at: String,
    /// A user's id.
    pub by: String,
    pub request_id: String,
    pub action: String,
    pub subject: String,
    /// What was known of it when it was done.
    pub proof: String,
    /// Whether it was done against that.
    pub forced: bool,
}

impl From<&Entry> for ActBody {
    fn from(Entry { link, act }: &Entry) -> Self {
        Self {
            seq: link.seq,
            previous_hash: hex::encode(link.previous),
            hash: hex::encode(link.hash),
            id: act.id.clone(),
            at: act.at.to_string(),
            by: act.by.clone(),
            request_id: act.request_id.clone(),
            action: act.action.clone(),
            subject: act.subject.clone(),
            proof: act.proof.clone(),
            forced: act.forced,
        }
    }
}

/// Which part of the log is to be verified: all of it unless given.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProofQuery {
    /// The first entry. The one before it is taken as it is.
    #[schemars(range(min = 1, max = SEQ_MAX))]
    pub from: Option<u64>,
    /// The last entry.
    #[schemars(range(min = 1, max = SEQ_MAX))]
    pub to: Option<u64>,
}

/// Whether the log is as it was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProofBody {
    pub first_seq: u64,
    /// The last entry up to which everything holds; before `first_seq` where nothing does. Where it is
    /// before `to`, there is no more, or more than one look reads: ask again from behind it.
    pub last_seq: u64,
    /// Of the entry `last_seq`, in hex: no other log up to there has it.
    pub head_hash: String,
    pub holds: bool,
    /// Where it does not hold.
    #[serde(rename = "break")]
    pub broken: Option<BreakBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BreakBody {
    pub seq: u64,
    /// `missing`, `changed`, `out_of_order`, `forked` (another past, or another head) or `cut_off`
    /// (what was in the log already is behind its end).
    pub why: &'static str,
}

impl ProofBody {
    pub fn new(first_seq: u64, walk: &Walk) -> Self {
        let (reached, broken) = (walk.reached(), walk.broken());
        Self {
            first_seq,
            last_seq: reached.seq,
            head_hash: hex::encode(reached.hash),
            holds: broken.is_none(),
            broken: broken.map(|Break { seq, why }| BreakBody { seq, why: why.code() }),
        }
    }
}
