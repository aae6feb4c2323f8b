//! Deliberate defects, each of which the simulation must find.
//!
//! They exist only in builds with the feature `defects`, and there only where [`plant`] is called,
//! which only the simulation does. No function that is released has the feature: without it
//! [`planted`] is `false` before the compiler's eyes, and nothing of them is left.

/// A mistake that somebody could make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// A payout's key is not looked for: a retry is a second payout.
    SkipIdempotency,
    /// What is held counts as available.
    IgnoreHolds,
    /// A captured payment is credited twice.
    PostTwice,
    /// A row is written whatever its version is by now.
    DropVersionCheck,
    /// A webhook is acknowledged and not stored.
    AcknowledgeUnstored,
    /// The provider's last word on a payout counts, whichever comes last.
    TrustWebhookOrder,
    /// What is left of a held transfer is rounded to whole rupees.
    WrongRounding,
    /// A hold that is given back stays held.
    ForgetRelease,
    /// What an operator does is not written down.
    ForgetAct,
}

impl Defect {
    pub const ALL: [Self; 9] = [
        Self::SkipIdempotency,
        Self::IgnoreHolds,
        Self::PostTwice,
        Self::DropVersionCheck,
        Self::AcknowledgeUnstored,
        Self::TrustWebhookOrder,
        Self::WrongRounding,
        Self::ForgetRelease,
        Self::ForgetAct,
    ];
}

#[cfg(feature = "defects")]
std::thread_local! {
    static PLANTED: std::cell::Cell<Option<Defect>> = const { std::cell::Cell::new(None) };
}

/// Plants a defect for this thread, or none.
#[cfg(feature = "defects")]
pub fn plant(defect: Option<Defect>) {
    PLANTED.set(defect);
}

/// Whether this defect is planted here.
#[cfg(feature = "defects")]
pub fn planted(defect: Defect) -> bool {
    PLANTED.get() == Some(defect)
}

/// Whether this defect is planted here.
#[cfg(not(feature = "defects"))]
pub const fn planted(_: Defect) -> bool {
    false
}
