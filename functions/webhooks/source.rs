//! Who sends webhooks, and under which ids theirs are stored.

use crate::api::sha256_hex;

/// Who tells us something, and by which door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Razorpay,
    Razorpayx,
    Phonepe,
    Whatsapp,
    /// Messages to us, by way of Twilio.
    Twilio,
    /// What becomes of ours.
    TwilioStatus,
    Ses,
    Bills,
    /// The Account Aggregator.
    Aggregator,
    Setu,
    Plaid,
    Mono,
}

/// The longest name of an event that stands in an id.
const NAME_BYTES_MAX: usize = 64;

impl Source {
    pub const ALL: [Self; 12] = [
        Self::Razorpay,
        Self::Razorpayx,
        Self::Phonepe,
        Self::Whatsapp,
        Self::Twilio,
        Self::TwilioStatus,
        Self::Ses,
        Self::Bills,
        Self::Aggregator,
        Self::Setu,
        Self::Plaid,
        Self::Mono,
    ];

    /// As inbox ids begin.
    pub fn name(self) -> &'static str {
        match self {
            Self::Razorpay => "razorpay",
            Self::Razorpayx => "razorpayx",
            Self::Phonepe => "phonepe",
            Self::Whatsapp => "whatsapp",
            Self::Twilio => "twilio",
            Self::TwilioStatus => "twilio-status",
            Self::Ses => "ses",
            Self::Bills => "bills",
            Self::Aggregator => "aa",
            Self::Setu => "setu",
            Self::Plaid => "plaid",
            Self::Mono => "mono",
        }
    }

    /// Of a stored webhook, by its inbox id.
    pub fn of(inbox_id: &str) -> Option<Self> {
        let (name, _) = inbox_id.split_once('#')?;
        Self::ALL.into_iter().find(|source| source.name() == name)
    }

    /// The id that an event is stored under, the same on every delivery of it: its own name, or the
    /// hash of its body where it has none that can stand in a key.
    pub fn inbox_id(self, event: Option<&str>, body: &[u8]) -> String {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        let usable = event.filter(|event| (1..=NAME_BYTES_MAX).contains(&event.len()) && event.bytes().all(fits));
        let event = usable.map_or_else(|| format!("sha256_{}", sha256_hex(body)), str::to_owned);
        format!("{}#{event}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_whose_it_is() {
        for source in Source::ALL {
            assert_eq!(Source::of(&source.inbox_id(Some("e1"), b"")), Some(source));
        }
        assert_eq!(Source::TwilioStatus.inbox_id(Some("SM1-read"), b""), "twilio-status#SM1-read");
        for stranger in ["", "razorpay", "paypal#e1", "#e1", "Twilio#e1"] {
            assert_eq!(Source::of(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn a_name_that_cannot_stand_in_a_key_is_replaced_by_the_bodys_hash() {
        let hash = "ses#sha256_ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for odd in [None, Some(""), Some("a#b"), Some("a/b"), Some("é"), Some(&*"e".repeat(65))] {
            assert_eq!(Source::Ses.inbox_id(odd, b"abc"), hash, "{odd:?}");
        }
    }
}
