//! Who a user is: phone, role, log-in challenges and sessions.

use crate::id::{ChallengeId, SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use std::fmt;

/// An Indian mobile number in E.164 form. Prints its last four digits only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// What is wrong with a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an Indian mobile number in international form, such as `+919812345678`")]
pub struct BadPhone;

impl Phone {
    /// Source: `email-sms.md` part B: `+91` and ten digits, the first from 6 to 9.
    pub fn parse(text: &str) -> Result<Self, BadPhone> {
        let digits = text.strip_prefix("+91").ok_or(BadPhone)?.as_bytes();
        let fits = digits.len() == 10 && (b'6'..=b'9').contains(&digits[0]) && digits.iter().all(u8::is_ascii_digit);
        fits.then(|| Self(text.to_owned())).ok_or(BadPhone)
    }

    /// `+919812345678`.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// `9812345678`: ten digits, as Indian networks know their customers.
    pub fn national(&self) -> &str {
        self.0.strip_prefix("+91").unwrap_or(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+91••••••{}", &self.0[self.0.len() - 4..])
    }
}

/// What a user may do beyond their own wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Worker,
    /// Runs an organisation's account.
    OrgAdmin,
    Support,
    Ops,
    Admin,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Worker, Self::OrgAdmin, Self::Support, Self::Ops, Self::Admin];

    pub fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::OrgAdmin => "org_admin",
            Self::Support => "support",
            Self::Ops => "ops",
            Self::Admin => "admin",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub phone: Phone,
    pub role: Role,
    pub created_at: Timestamp,
}

/// How a one-time password reaches its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtpChannel {
    Sms,
    Whatsapp,
    /// To the user's own address, which it is to prove.
    Email,
}

impl OtpChannel {
    pub fn code(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Email => "email",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Sms, Self::Whatsapp, Self::Email].into_iter().find(|channel| channel.code() == code)
    }
}

/// What a one-time password proves; one made for a log-in lifts no panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtpPurpose {
    LogIn,
    LiftPanic,
    VerifyEmail,
    SetPin,
    /// A copy of everything that is kept of a user.
    Export,
    /// The end of an account.
    Erase,
}

impl OtpPurpose {
    pub fn code(self) -> &'static str {
        match self {
            Self::LogIn => "log_in",
            Self::LiftPanic => "lift_panic",
            Self::VerifyEmail => "verify_email",
            Self::SetPin => "set_pin",
            Self::Export => "export",
            Self::Erase => "erase",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        let all = [Self::LogIn, Self::LiftPanic, Self::VerifyEmail, Self::SetPin, Self::Export, Self::Erase];
        all.into_iter().find(|purpose| purpose.code() == code)
    }
}

/// A log-in (or another proof of the phone) in progress.
///
/// The one-time password itself is kept nowhere: it is derived from the challenge's id under a
/// secret key, by whoever sends it and by whoever checks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    pub id: ChallengeId,
    pub phone: Phone,
    pub channel: OtpChannel,
    pub purpose: OtpPurpose,
    pub expires_at: Timestamp,
    /// Guesses so far.
    pub tries: u32,
    pub used: bool,
}

/// How long a one-time password may be used.
pub const OTP_SECONDS: i64 = 300;
/// How often one may be guessed.
pub const OTP_TRIES_MAX: u32 = 5;
/// How long a refresh token lives when it is not used.
pub const SESSION_SECONDS: i64 = 30 * 24 * 3600;

/// Why a one-time password is refused. The caller is told the same for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtpRefusal {
    #[error("no such challenge")]
    Unknown,
    #[error("the challenge has expired")]
    Expired,
    #[error("the challenge was used")]
    Used,
    #[error("too many guesses")]
    TooManyTries,
    #[error("the code is wrong")]
    Wrong,
}

impl Challenge {
    pub fn new(id: ChallengeId, phone: Phone, channel: OtpChannel, purpose: OtpPurpose, now: Timestamp) -> Self {
        let expires_at = now.saturating_add(SignedDuration::from_secs(OTP_SECONDS)).unwrap_or(now);
        Self { id, phone, channel, purpose, expires_at, tries: 0, used: false }
    }

    /// Whether a guess may be made now. The guess is counted before it is compared.
    pub fn may_guess(&self, purpose: OtpPurpose, now: Timestamp) -> Result<(), OtpRefusal> {
        if self.purpose != purpose {
            Err(OtpRefusal::Unknown)
        } else if self.used {
            Err(OtpRefusal::Used)
        } else if now >= self.expires_at {
            Err(OtpRefusal::Expired)
        } else if self.tries >= OTP_TRIES_MAX {
            Err(OtpRefusal::TooManyTries)
        } else {
            Ok(())
        }
    }
}

/// A family of refresh tokens. Only the newest is good; an older one that comes back was stolen
/// from somebody, so it ends the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub user: UserId,
    /// SHA-256 of the secret part of the newest refresh token, in hex.
    pub token_hash: String,
    pub revoked: bool,
    pub expires_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_indian_mobile_numbers_in_international_form_are_phones() {
        let phone = Phone::parse("+919812345678").unwrap();
        assert_eq!((phone.e164(), phone.national()), ("+919812345678", "9812345678"));
        for bad in ["", "9812345678", "+915812345678", "+91981234567", "+9198123456789", "+14155550100", "+91981234567a", "+91९८१२३४५६७८"]
        {
            assert_eq!(Phone::parse(bad), Err(BadPhone), "{bad}");
        }
    }

    #[test]
    fn a_phone_does_not_print_whole() {
        assert_eq!(format!("{:?}", Phone::parse("+919812345678").unwrap()), "+91••••••5678");
    }

    #[test]
    fn a_challenge_is_good_once_for_five_minutes_and_five_tries_and_its_own_purpose() {
        let now: Timestamp = "2026-11-21T06:00:00Z".parse().unwrap();
        let id = ChallengeId::new(now, crate::id::Fingerprint::random([7; 10]));
        let fresh = Challenge::new(id, Phone::parse("+919812345678").unwrap(), OtpChannel::Sms, OtpPurpose::LogIn, now);
        assert_eq!(fresh.may_guess(OtpPurpose::LogIn, now), Ok(()));
        assert_eq!(fresh.may_guess(OtpPurpose::LiftPanic, now), Err(OtpRefusal::Unknown));
        assert_eq!(fresh.may_guess(OtpPurpose::LogIn, fresh.expires_at), Err(OtpRefusal::Expired));
        assert_eq!(Challenge { tries: 5, ..fresh.clone() }.may_guess(OtpPurpose::LogIn, now), Err(OtpRefusal::TooManyTries));
        assert_eq!(Challenge { used: true, ..fresh }.may_guess(OtpPurpose::LogIn, now), Err(OtpRefusal::Used));
    }
}
