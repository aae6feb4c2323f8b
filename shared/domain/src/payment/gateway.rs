//! Who takes customers' money for us.

use crate::posting::SystemAccount;

/// A payment gateway. A payment stays with the one that its order was opened at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gateway {
    /// Also of what was written before there was another.
    #[default]
    Razorpay,
    Phonepe,
}

impl Gateway {
    pub const ALL: [Self; 2] = [Self::Razorpay, Self::Phonepe];

    pub fn code(self) -> &'static str {
        match self {
            Self::Razorpay => "razorpay",
            Self::Phonepe => "phonepe",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gateway| gateway.code() == code)
    }

    /// What it has collected and not yet settled: an account for each, because each is held to its own
    /// records and settles to our bank by itself.
    pub fn settlement(self) -> SystemAccount {
        match self {
            Self::Razorpay => SystemAccount::RazorpaySettlement,
            Self::Phonepe => SystemAccount::PhonepeSettlement,
        }
    }
}
