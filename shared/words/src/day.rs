//! A day as people say it: the number and the month's name, without the year, since it is near.
//!
//! Numbers are ASCII in every language, as in amounts.

use jiff::civil::Date;

use crate::language::Language;

/// A day in a language: `24 Nov`, `24 नवंबर`, `ನವೆಂಬರ್ 24`.
///
/// Only English shortens its months: those of India's languages are as short, and are not known
/// cut. In Kannada, Tamil and Telugu the number comes last, since it is what takes their endings.
#[must_use]
pub fn short_day(day: Date, language: Language) -> String {
    let (number, month) = (day.day(), name(day.month(), language));
    match language {
        Language::English | Language::Hindi | Language::Bengali | Language::Marathi => format!("{number} {month}"),
        Language::Kannada | Language::Tamil | Language::Telugu => format!("{month} {number}"),
    }
}

/// A day as it is written in India: in figures, so that it is one for all languages.
#[must_use]
pub fn written_day(day: Date) -> String {
    format!("{:02}-{:02}-{}", day.day(), day.month(), day.year())
}

/// A day is written in one way, `2026-11-24`. A time of it is no day.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let day: Date = text.parse().ok()?;
    (text.len() == 10 && day.to_string() == text).then_some(day)
}

/// The months' names as CLDR writes them.
fn name(month: i8, language: Language) -> &'static str {
    let names = match language {
        Language::English => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Language::Hindi => ["जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"],
        Language::Kannada => ["ಜನವರಿ", "ಫೆಬ್ರವರಿ", "ಮಾರ್ಚ್", "ಏಪ್ರಿಲ್", "ಮೇ", "ಜೂನ್", "ಜುಲೈ", "ಆಗಸ್ಟ್", "ಸೆಪ್ಟೆಂಬರ್", "ಅಕ್ಟೋಬರ್", "ನವೆಂಬರ್", "ಡಿಸೆಂಬರ್"],
        Language::Tamil => ["ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்"],
        Language::Telugu => ["జనవరి", "ఫిబ్రవరి", "మార్చి", "ఏప్రిల్", "మే", "జూన్", "జులై", "ఆగస్టు", "సెప్టెంబర్", "అక్టోబర్", "నవంబర్", "డిసెంబర్"],
        Language::Bengali => ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"],
        Language::Marathi => ["जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर", "डिसेंबर"],
    };
    // A month is from 1 to 12.
    usize::try_from(month - 1).ok().and_then(|at| names.get(at)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_said_as_its_language_says_it() {
        for (language, text) in [
            (Language::English, "24 Nov"),
            (Language::Hindi, "24 नवंबर"),
            (Language::Kannada, "ನವೆಂಬರ್ 24"),
            (Language::Tamil, "நவம்பர் 24"),
            (Language::Telugu, "నవంబర్ 24"),
            (Language::Bengali, "24 নভেম্বর"),
            (Language::Marathi, "24 नोव्हेंबर"),
        ] {
            assert_eq!(short_day(date(2026, 11, 24), language), text);
        }
        assert_eq!(short_day(date(2027, 1, 1), Language::English), "1 Jan");
        assert_eq!(short_day(date(2028, 2, 29), Language::Telugu), "ఫిబ్రవరి 29");
    }

    #[test]
    fn every_month_has_a_name_of_its_own_in_every_language() {
        for language in Language::ALL {
            let names: BTreeSet<_> = (1..=12).map(|month| name(month, language)).collect();
            assert_eq!(names.len(), 12, "{language}");
            assert!(names.iter().all(|name| !name.is_empty() && name.trim() == *name), "{language}");
        }
    }

    #[test]
    fn a_day_is_read_in_one_way_only() {
        assert_eq!(parse("2026-11-24"), Some(date(2026, 11, 24)));
        assert_eq!(parse("2028-02-29"), Some(date(2028, 2, 29)));
        for text in [
            "",
            "2026-11-31",
            "2026-02-29",
            "2026-1-2",
            "20261124",
            "24-11-2026",
            "2026-11-24T10:00",
            "2026-11-24Z",
            " 2026-11-24",
            "-002026-11-24",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn figures_are_one_for_all_languages() {
        assert_eq!(written_day(date(2027, 1, 2)), "02-01-2027");
    }
}
