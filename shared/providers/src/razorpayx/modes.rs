//! Which rail carries how much to where.
//!
//! Source: `razorpay.md`, section 5.4, "Limits": UPI ≤ ₹1 lakh and IMPS ≤ ₹5 lakh, both day and
//! night; RTGS > ₹2 lakh and NEFT > ₹1, within the banks' windows; a wallet ≤ ₹10,000.

use super::destination::DestinationKind;
use crate::wire::wire_enum;

wire_enum! {
    /// A rail. The spelling is case-sensitive.
    Mode {
        Upi = "UPI",
        Imps = "IMPS",
        Neft = "NEFT",
        Rtgs = "RTGS",
        Card = "card",
        AmazonPay = "amazonpay",
    }
}

const RUPEE_PAISE: i64 = 100;

/// A hundred thousand, in which India counts.
const LAKH: i64 = 100_000;

/// The most that UPI carries at once.
pub const UPI_PAISE_MAX: i64 = LAKH * RUPEE_PAISE;

/// The most that IMPS carries at once.
pub const IMPS_PAISE_MAX: i64 = 5 * LAKH * RUPEE_PAISE;

/// RTGS carries more than this.
const RTGS_ABOVE_PAISE: i64 = 2 * LAKH * RUPEE_PAISE;

/// NEFT carries more than this.
const NEFT_ABOVE_PAISE: i64 = RUPEE_PAISE;

/// The most that goes to a wallet at once.
const WALLET_PAISE_MAX: i64 = 10_000 * RUPEE_PAISE;

impl Mode {
    /// Whether this rail carries the amount at all, wherever it goes.
    ///
    /// A word that this version does not know carries nothing: it is for reading only.
    #[must_use]
    pub fn carries(&self, amount_paise: i64) -> bool {
        amount_paise >= RUPEE_PAISE
            && match self {
                Self::Upi => amount_paise <= UPI_PAISE_MAX,
                Self::Imps => amount_paise <= IMPS_PAISE_MAX,
                Self::Neft => amount_paise > NEFT_ABOVE_PAISE,
                Self::Rtgs => amount_paise > RTGS_ABOVE_PAISE,
                Self::AmazonPay => amount_paise <= WALLET_PAISE_MAX,
                Self::Card => true,
                Self::Other(_) => false,
            }
    }
}

/// The rails that carry this amount there, the one to try first at the front.
///
/// At once beats later: UPI and IMPS run always, and of the other two RTGS settles each payment
/// by itself. None where no rail carries it, such as more than one lakh to a UPI address. The
/// rest of the list is for a payout that failed for its rail
/// ([`ReasonClass::ChangeMode`](super::ReasonClass::ChangeMode)).
#[must_use]
pub fn modes_for(kind: DestinationKind, amount_paise: i64) -> Vec<Mode> {
    let mut modes = match kind {
        DestinationKind::Vpa => vec![Mode::Upi],
        DestinationKind::BankAccount => vec![Mode::Imps, Mode::Rtgs, Mode::Neft],
    };
    modes.retain(|mode| mode.carries(amount_paise));
    modes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_upi_address_takes_up_to_one_lakh() {
        let modes = |paise| modes_for(DestinationKind::Vpa, paise);
        assert_eq!(modes(99), []);
        assert_eq!(modes(100), [Mode::Upi]);
        assert_eq!(modes(UPI_PAISE_MAX), [Mode::Upi]);
        assert_eq!(modes(UPI_PAISE_MAX + 1), []);
    }

    #[test]
    fn a_bank_account_takes_any_amount_on_some_rail() {
        let modes = |paise| modes_for(DestinationKind::BankAccount, paise);
        assert_eq!(modes(-1), []);
        assert_eq!(modes(99), []);
        assert_eq!(modes(100), [Mode::Imps]);
        assert_eq!(modes(101), [Mode::Imps, Mode::Neft]);
        assert_eq!(modes(RTGS_ABOVE_PAISE), [Mode::Imps, Mode::Neft]);
        assert_eq!(modes(RTGS_ABOVE_PAISE + 1), [Mode::Imps, Mode::Rtgs, Mode::Neft]);
        assert_eq!(modes(IMPS_PAISE_MAX), [Mode::Imps, Mode::Rtgs, Mode::Neft]);
        assert_eq!(modes(IMPS_PAISE_MAX + 1), [Mode::Rtgs, Mode::Neft]);
    }

    #[test]
    fn a_rail_we_do_not_know_carries_nothing() {
        assert!(!Mode::Other("FASTER".to_owned()).carries(500));
        assert!(Mode::AmazonPay.carries(WALLET_PAISE_MAX) && !Mode::AmazonPay.carries(WALLET_PAISE_MAX + 1));
    }

    #[test]
    fn a_mode_is_spelled_as_the_provider_wants() {
        assert_eq!(Mode::Upi.as_str(), "UPI");
        assert_eq!(Mode::from("upi".to_owned()), Mode::Other("upi".to_owned()));
    }
}
