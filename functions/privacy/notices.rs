//! What users are told before they agree: a notice for each purpose, a file for each version of it.
//!
//! A version is never changed: consents name it by its hash. What is said anew is a new file.

use domain::consent::{Purpose, Shown};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, sync::OnceLock};
use words::Language;

const FILES: &[&str] = &[
    include_str!("notices/assistant_memory.1.json"),
    include_str!("notices/bank_data.1.json"),
    include_str!("notices/marketing.1.json"),
    include_str!("notices/platform_earnings.1.json"),
    include_str!("notices/service.1.json"),
    include_str!("notices/service.2.json"),
    include_str!("notices/sms.1.json"),
];

/// One version of what is said of one purpose.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    purpose: String,
    pub version: u32,
    /// Since which day it is shown.
    pub from: String,
    /// The data that it is about, as `data_map` calls it.
    pub items: Vec<String>,
    texts: BTreeMap<String, Text>,
}

/// What is said, in one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub title: String,
    /// Each kind of data by itself.
    pub data: Vec<String>,
    pub purpose: String,
    /// What it makes possible.
    pub enables: String,
    /// What is lost by a no.
    pub refused: String,
    pub withdraw: String,
    pub rights: String,
    pub complaint: String,
}

impl Text {
    /// As it is to be read, and as it is hashed: everything that is said, in its order.
    pub fn whole(&self) -> String {
        let mut lines = vec![self.title.clone()];
        lines.extend(self.data.iter().map(|one| format!("- {one}")));
        lines.extend([&self.purpose, &self.enables, &self.refused, &self.withdraw, &self.rights, &self.complaint].map(String::clone));
        lines.join("\n")
    }

    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.whole()).into()
    }
}

impl Notice {
    pub fn purpose(&self) -> Option<Purpose> {
        Purpose::from_code(&self.purpose)
    }

    /// In a language, or in English where it is not written in that; with the language that it is in.
    pub fn text(&self, language: Language) -> Option<(Language, &Text)> {
        [language, Language::English].into_iter().find_map(|language| Some((language, self.texts.get(language.code())?)))
    }

    /// In that language and no other.
    pub fn text_in(&self, code: &str) -> Option<&Text> {
        self.texts.get(code)
    }

    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

/// All of them.
///
/// # Errors
///
/// Where a file is not what it must be, which a test keeps from happening.
pub fn all() -> Result<&'static [Notice], &'static str> {
    static NOTICES: OnceLock<Option<Vec<Notice>>> = OnceLock::new();
    let read = || FILES.iter().map(|file| serde_json::from_str(file).ok()).collect();
    NOTICES.get_or_init(read).as_deref().ok_or("the privacy notices cannot be read")
}

/// A certain version.
///
/// # Errors
///
/// As of [`all`].
pub fn find(purpose: Purpose, version: u32) -> Result<Option<&'static Notice>, &'static str> {
    Ok(all()?.iter().find(|notice| notice.purpose() == Some(purpose) && notice.version == version))
}

/// What is said of a purpose today.
///
/// # Errors
///
/// As of [`all`].
pub fn current(purpose: Purpose) -> Result<&'static Notice, &'static str> {
    let of_it = all()?.iter().filter(|notice| notice.purpose() == Some(purpose));
    of_it.max_by_key(|notice| notice.version).ok_or("a purpose has no notice")
}

/// Today's notice as somebody sees it who reads this language.
///
/// # Errors
///
/// As of [`all`].
pub fn shown(purpose: Purpose, language: Language) -> Result<Shown, &'static str> {
    let notice = current(purpose)?;
    let (language, text) = notice.text(language).ok_or("a notice is in no language")?;
    Ok(Shown { version: notice.version, lang: language.code().to_owned(), sha256: text.sha256() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::sha256_hex;
    use std::collections::BTreeSet;

    /// Of each file, as it was first shown. A text that changes is a new version, in a new file.
    const FIRST_SHOWN: &[(&str, u32, &str, &str)] = &[
        ("assistant_memory", 1, "en", "2084848cdc6570ee2785ead259b5a4b43fbdffdbe41035f85785a22adf54e9e0"),
        ("assistant_memory", 1, "hi", "8dcf4a497090b25929e7cb189fd6d196633f6485551d99b552a4841952fce803"),
        ("bank_data", 1, "en", "efe0b7653cbb4a46a31f0626e5d123fc85b9066e48dc7a799793a0276d8c51a7"),
        ("bank_data", 1, "hi", "c3f14687205f6d0d5e453401848f60d22b20da84dbc9289a50b8238ad4dc4dd5"),
        ("marketing", 1, "en", "2e28581e5e11937c2ea6832cfd92eb6cde8f9db43e624531a69ed9940834da6e"),
        ("marketing", 1, "hi", "0c5123a56b36a5b1ce78fd94a883d851c2853481b4508d8d32849d12e0960fc7"),
        ("platform_earnings", 1, "en", "04aa6dafbbfaf7b2f602156fed1aa831dcc0345b311bd9e44a6825c71ff04c11"),
        ("platform_earnings", 1, "hi", "59fd50408447087489993fab6c9780005b279ccc234749be6c95214b4a694868"),
        ("service", 1, "en", "bab5bdbbc5ed656056e50f49c568855c745eb50ce9393509c3d2047bb8f4353d"),
        ("service", 1, "hi", "f2b02b20cda77f12cd625c23dc55d75a787fce3d0996753684e5ee4328bf1433"),
        ("service", 2, "en", "3b19d428f42a6be10dbb7c42aa4f55ae795f70504e393f0d848180a7616f4475"),
        ("service", 2, "hi", "8c0a10b42f55be20e54f99c2531734b11882e297a2fc930238518208f842db11"),
        ("sms", 1, "en", "d0049d634737194671c36535a99355eb0b8ca4b8204952e118d9f9a0bf31931d"),
        ("sms", 1, "hi", "4946aeed4e3992ee0e771f6eed0eff20c34c0226383d2ac8af3a1d06d79af56a"),
    ];

    #[test]
    fn every_purpose_has_a_notice_in_english_and_hindi_that_says_all_that_it_must() {
        for purpose in Purpose::ALL {
            let notice = current(*purpose).unwrap();
            assert!(notice.from.parse::<jiff::civil::Date>().is_ok() && !notice.items.is_empty(), "{purpose:?}");
            for language in [Language::English, Language::Hindi] {
                let (is, text) = notice.text(language).unwrap();
                assert_eq!(is, language, "{purpose:?}");
                let said = [&text.title, &text.purpose, &text.enables, &text.refused, &text.withdraw, &text.rights, &text.complaint];
                assert!(said.iter().all(|said| !said.trim().is_empty() && !said.contains('\n')) && !text.data.is_empty(), "{purpose:?}");
                assert!(
                    text.complaint.contains("Data Protection Board of India") && text.rights.contains("/v1/privacy/exports"),
                    "{purpose:?}"
                );
            }
        }
    }

    #[test]
    fn who_reads_another_language_gets_english_and_is_told_so() {
        let (language, text) = current(Purpose::Sms).unwrap().text(Language::Tamil).unwrap();
        assert_eq!((language, text.title.as_str()), (Language::English, "Reading messages of your bank"));
        assert!(current(Purpose::Sms).unwrap().text_in("ta").is_none());
    }

    #[test]
    fn a_version_is_one_file_and_stays_as_it_was_shown() {
        let all = all().unwrap();
        let names: BTreeSet<_> = all.iter().map(|notice| (&notice.purpose, notice.version)).collect();
        assert_eq!(names.len(), all.len());
        let now: Vec<(&str, u32, &str, String)> = all
            .iter()
            .flat_map(|notice| {
                notice
                    .texts
                    .iter()
                    .map(|(lang, text)| (notice.purpose.as_str(), notice.version, lang.as_str(), sha256_hex(text.whole().as_bytes())))
            })
            .collect();
        let first: Vec<(&str, u32, &str, String)> =
            FIRST_SHOWN.iter().map(|(purpose, version, lang, hash)| (*purpose, *version, *lang, (*hash).to_owned())).collect();
        assert_eq!(now, first, "a notice that is shown is not changed: write its next version");
    }
}
