//! What the words of a telling say: what for, who, under which reference.

use crate::vault::Vault;
use bank_feed::normalised;
use categories::{Ground, Told, guess};
use domain::{
    book::{NamedBy, Reference, ReferenceForm},
    id::Fingerprint,
    vault::Sealed,
};
use lambda::Failed;

/// What is known of a movement besides its amount.
pub struct Words<'a> {
    /// A shop, a person, or a line of a statement.
    pub text: &'a str,
    pub is_credit: bool,
    pub channel: Option<&'a str>,
    /// In paise.
    pub amount: i64,
}

pub struct Named {
    pub what: String,
    pub by: NamedBy,
    pub is_platform: bool,
}

pub fn name(words: &Words<'_>) -> Named {
    let told = Told { text: words.text, is_credit: words.is_credit, channel: words.channel, amount_minor: words.amount };
    let guess = guess(&told);
    let by = match guess.ground {
        Ground::Rule { .. } => NamedBy::Rule,
        Ground::Model { .. } => NamedBy::Model,
        Ground::None => NamedBy::Nobody,
    };
    Named { what: guess.what.to_owned(), by, is_platform: guess.is_platform }
}

/// As much of a name as is kept.
const NAME_CHARS_MAX: usize = 60;

/// Who was paid, or paid, for its owner's eyes.
pub fn sealed(vault: &Vault, name: &str) -> Result<Option<Sealed>, Failed> {
    let name: String = name.chars().filter(|sign| !sign.is_control()).take(NAME_CHARS_MAX).collect();
    if name.trim().is_empty() { Ok(None) } else { vault.seal(NAME, &name).map(Some) }
}

/// What names of the book are sealed under.
pub const NAME: &str = "book name";

/// The same for the same name, and for nobody else's book.
pub fn party(vault: &Vault, name: &str) -> Option<Fingerprint> {
    let name = normalised(name);
    (!name.is_empty()).then(|| vault.fingerprint("book party", &name))
}

/// A bank's reference. Shorter ones are a serial number, and not the same for everybody who tells of the movement.
pub fn reference(vault: &Vault, text: &str) -> Option<Reference> {
    const LENGTH_MIN: usize = 8;
    let text: String = text.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if text.len() < LENGTH_MIN || digits < LENGTH_MIN / 2 {
        return None;
    }
    let form = match text.len() {
        12 if digits == 12 => ReferenceForm::Rrn,
        // NEFT has sixteen signs, RTGS twenty-two (`banks.md`).
        16 | 22 if digits < text.len() => ReferenceForm::Utr,
        _ => ReferenceForm::Other,
    };
    Some(Reference { form, hash: vault.fingerprint("book reference", &text) })
}
