//! Who sent a message, from its header as operators deliver it: `VM-HDFCBK-S` (`email-sms.md`, B1).

use crate::issuer::{self, Issuer};

/// The kind of traffic, a suffix of the header since 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Traffic {
    Promotional,
    Service,
    Transactional,
    Government,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A header of the DLT registry, with or without operator and suffix.
    Header,
    /// A person's telephone number. No bank writes from one; whoever claims to be a bank does.
    Phone,
    /// Three to nine digits: an operator's code, or a promotional sender.
    ShortCode,
    /// Anything else: a name that a phone shows instead.
    Name,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender<'a> {
    /// Without operator and suffix; letters as they came.
    pub header: &'a str,
    pub form: Form,
    pub traffic: Option<Traffic>,
}

/// Fewer digits are a code, and not a subscriber's number.
const PHONE_DIGITS_MIN: usize = 10;

impl<'a> Sender<'a> {
    pub fn parse(sender: &'a str) -> Self {
        let sender = sender.trim();
        let digits = sender.bytes().filter(u8::is_ascii_digit).count();
        let is_number = digits > 0 && sender.bytes().all(|byte| byte.is_ascii_digit() || b"+- ()".contains(&byte));
        if is_number {
            let form = if digits >= PHONE_DIGITS_MIN { Form::Phone } else { Form::ShortCode };
            return Self { header: sender, form, traffic: None };
        }
        let (rest, traffic) = match sender.rsplit_once('-') {
            Some((rest, suffix)) => match traffic(suffix) {
                Some(traffic) => (rest, Some(traffic)),
                None => (sender, None),
            },
            None => (sender, None),
        };
        let header = match rest.split_once('-') {
            Some((operator, header)) if operator.len() == 2 && operator.bytes().all(|byte| byte.is_ascii_alphanumeric()) => header,
            _ => rest,
        };
        let is_header = (3..=11).contains(&header.len()) && header.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Self { header, form: if is_header { Form::Header } else { Form::Name }, traffic }
    }

    /// Whose header it is, as far as it is known. A guess: headers are many, and change.
    pub fn issuer(&self) -> Option<&'static Issuer> {
        if self.form == Form::Phone { None } else { issuer::of_header(self.header) }
    }

    /// Whether a message of this sender may tell of a movement: no person's number, no promotion.
    pub fn may_tell_of_money(&self) -> bool {
        self.form != Form::Phone && self.traffic != Some(Traffic::Promotional)
    }

    /// Whether it is known for, or its letters speak of, accounts, cards or payments.
    pub fn is_of_money(&self) -> bool {
        self.issuer().is_some() || issuer::sounds_like_one(self.header)
    }
}

fn traffic(suffix: &str) -> Option<Traffic> {
    match suffix {
        "P" | "p" => Some(Traffic::Promotional),
        "S" | "s" => Some(Traffic::Service),
        "T" | "t" => Some(Traffic::Transactional),
        "G" | "g" => Some(Traffic::Government),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(sender: &str) -> Option<&'static str> {
        Sender::parse(sender).issuer().map(|issuer| issuer.name)
    }

    #[test]
    fn a_header_is_read_with_and_without_operator_and_suffix() {
        for sender in ["VM-HDFCBK-S", "AD-HDFCBK", "HDFCBK", "hdfcbk", "JX-HDFCBK-T"] {
            assert_eq!(name(sender), Some("HDFC Bank"), "{sender}");
        }
        assert_eq!(Sender::parse("AD-SBIUPI").header, "SBIUPI");
        assert_eq!(name("AD-SBIUPI"), Some("State Bank of India"));
        assert_eq!(name("VM-SBICRD-S"), Some("SBI Card"));
        assert_eq!(name("VM-QWERTY-S"), None);
    }

    #[test]
    fn the_suffix_is_the_kind_of_traffic() {
        let traffic = |sender| Sender::parse(sender).traffic;
        assert_eq!(traffic("VM-HDFCBK-P"), Some(Traffic::Promotional));
        assert_eq!(traffic("VM-HDFCBK-S"), Some(Traffic::Service));
        assert_eq!(traffic("VM-HDFCBK-T"), Some(Traffic::Transactional));
        assert_eq!(traffic("VM-DOPBNK-G"), Some(Traffic::Government));
        assert_eq!(traffic("VM-HDFCBK"), None);
    }

    #[test]
    fn promotions_and_telephone_numbers_tell_of_no_money() {
        for sender in ["VM-HDFCBK-P", "+919812345678", "98123 45678", "09812345678"] {
            assert!(!Sender::parse(sender).may_tell_of_money(), "{sender}");
        }
        for sender in ["VM-HDFCBK-S", "HDFCBK", "56161", "AMAZON PAY", ""] {
            assert!(Sender::parse(sender).may_tell_of_money(), "{sender}");
        }
    }
}
