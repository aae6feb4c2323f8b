//! Special payees.
//!
//! A payee steers what becomes of a validation and of a payout: by the letters with which a VPA
//! begins (`fail@ybl`, `fail1@ybl`, `fail.ravi@ybl`; not `failed@ybl`), or by the last six digits
//! of a bank account's number.
//!
//! | VPA | account ends in | validation | payout |
//! |---|---|---|---|
//! | anything else | | active, the contact's name, score 100 | `processing`, then `processed` |
//! | `fail…`, `failure…` | `999901` | as above | `failed`, do not retry: `beneficiary_vpa_invalid`, `bank_account_closed` |
//! | `reverse…` | `999902` | as above | `processed`, then `reversed` |
//! | `pending…` | `999903` | stays `created` | stays `processing` |
//! | `invalid…` | `999904` | `invalid`, no name | `failed`: `beneficiary_vpa_invalid`, `bank_account_invalid` |
//! | `queued…` | `999905` | as above | stays `queued`; can be cancelled |
//! | `slow…` | `999906` | as above | `processed` after `payout_slow_ms` (3 s) |
//! | `mismatch…` | `999907` | active, somebody else's name, score 12 | `processed` |
//! | `offline…` | `999908` | `failed` | `failed`, try later: `beneficiary_psp_offline`, `beneficiary_bank_offline` |
//! | `reject…` | `999909` | as above | `pending` (approval), then `rejected` |
//!
//! `POST /dashboard/payouts/{id}` moves what stays.

use super::fund_accounts::Destination;

/// What becomes of a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Processed,
    Slow,
    Failed { reason: &'static str },
    Reversed,
    Pending,
    Queued,
    Rejected,
}

/// What a validation finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    Active,
    SomebodyElse,
    Invalid,
    Failed,
    /// It is never told.
    Nothing,
}

pub fn fate(payee: &Destination) -> Fate {
    let by_kind = |vpa, bank| match payee {
        Destination::Vpa { .. } => Fate::Failed { reason: vpa },
        Destination::BankAccount { .. } => Fate::Failed { reason: bank },
    };
    match word(payee).as_str() {
        "fail" => by_kind("beneficiary_vpa_invalid", "bank_account_closed"),
        "reverse" => Fate::Reversed,
        "pending" => Fate::Pending,
        "invalid" => by_kind("beneficiary_vpa_invalid", "bank_account_invalid"),
        "queued" => Fate::Queued,
        "slow" => Fate::Slow,
        "offline" => by_kind("beneficiary_psp_offline", "beneficiary_bank_offline"),
        "reject" => Fate::Rejected,
        _ => Fate::Processed,
    }
}

pub fn finding(payee: &Destination) -> Finding {
    match word(payee).as_str() {
        "pending" => Finding::Nothing,
        "invalid" => Finding::Invalid,
        "mismatch" => Finding::SomebodyElse,
        "offline" => Finding::Failed,
        _ => Finding::Active,
    }
}

fn word(payee: &Destination) -> String {
    match payee {
        Destination::Vpa { address } => {
            let begin: String = address.chars().take_while(char::is_ascii_alphabetic).collect();
            match begin.to_lowercase().as_str() {
                "failure" => "fail".into(),
                begin => begin.into(),
            }
        }
        Destination::BankAccount { account_number, .. } => {
            let ends = [
                ("999901", "fail"),
                ("999902", "reverse"),
                ("999903", "pending"),
                ("999904", "invalid"),
                ("999905", "queued"),
                ("999906", "slow"),
                ("999907", "mismatch"),
                ("999908", "offline"),
                ("999909", "reject"),
            ];
            ends.iter().find(|(end, _)| account_number.ends_with(end)).map_or_else(String::new, |(_, word)| (*word).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vpa(address: &str) -> Destination {
        Destination::Vpa { address: address.into() }
    }

    #[test]
    fn a_payee_is_known_by_the_letters_it_begins_with() {
        let invalid = Fate::Failed { reason: "beneficiary_vpa_invalid" };
        for address in ["fail@ybl", "FAIL@ybl", "fail1@ybl", "fail.ravi@ybl", "failure@razorpay"] {
            assert_eq!(fate(&vpa(address)), invalid, "{address}");
        }
        for address in ["failed@ybl", "ravi.fail@ybl", "success@razorpay", "ravi@slow"] {
            assert_eq!(fate(&vpa(address)), Fate::Processed, "{address}");
        }
    }

    #[test]
    fn a_bank_account_is_known_by_its_last_digits() {
        let account = |number: &str| Destination::BankAccount {
            name: "Ravi Kumar".into(),
            ifsc: "HDFC0000053".into(),
            account_number: number.into(),
        };
        assert_eq!(fate(&account("000123999902")), Fate::Reversed);
        assert_eq!(finding(&account("000123999907")), Finding::SomebodyElse);
        assert_eq!(fate(&account("000123456789")), Fate::Processed);
    }
}
