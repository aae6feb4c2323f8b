//! What comes again: how often, and on which day.

use jiff::civil::Weekday;

use crate::day::Day;
use crate::entity::{Entity, Reading, What};
use crate::lexicon::Lexicon;
use crate::slots::Slots;

/// Fills `every` and `on` of what is to come again. What comes once keeps its date and has neither.
pub fn rhythm(lexicon: &Lexicon, reading: &Reading<'_>, slots: &mut Slots) {
    let day = reading.entities.iter().find_map(|entity| match entity.what {
        What::Day(day @ (Day::Weekday(_) | Day::OfMonth(_))) => Some((day, entity)),
        _ => None,
    });
    let fits = |rhythm: &str| matches!((day, rhythm), (Some((Day::OfMonth(_), _)), "month") | (Some((Day::Weekday(_), _)), "week"));
    if slots.every.is_none() {
        let said = reading.first("rhythm").filter(|rhythm| fits(rhythm));
        let each = day.filter(|(_, entity)| is_each(lexicon, reading, entity)).map(|(day, _)| match day {
            Day::OfMonth(_) => "month",
            _ => "week",
        });
        slots.every = said.or(each).map(str::to_owned);
    }
    let Some(every) = slots.every.as_deref() else { return };
    if let Some((day, _)) = day {
        // "Every day from monday" is no day of the week.
        slots.on = match day {
            Day::Weekday(weekday) if every == "week" => Some(name(weekday).to_owned()),
            Day::OfMonth(day) if every == "month" => Some(day.to_string()),
            _ => None,
        };
        if slots.on.is_some() {
            slots.date = None;
        }
    }
}

/// `every friday`, `har shukravar`, `on fridays`, `every 5th`.
fn is_each(lexicon: &Lexicon, reading: &Reading<'_>, entity: &Entity) -> bool {
    let before = (1..=2)
        .filter_map(|back| reading.words.get(entity.start.checked_sub(back)?))
        .any(|word| lexicon.word(&word.folded).is_some_and(|entries| entries.iter().any(|entry| entry.kind == "each")));
    let is_plural = reading.words.get(entity.start).is_some_and(|word| word.folded.len() > 4 && word.folded.ends_with("days"));
    before || is_plural
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::token::tokens;

    #[track_caller]
    fn said(text: &str) -> (Option<String>, Option<String>) {
        let lexicon = Lexicon::built_in();
        let text = clean(text);
        let reading = Reading::of(&lexicon, &text, tokens(&text), None);
        let mut slots = Slots { every: reading.first("every").map(str::to_owned), ..Slots::default() };
        rhythm(&lexicon, &reading, &mut slots);
        (slots.every, slots.on)
    }

    #[test]
    fn what_comes_every_month_has_a_day_of_it() {
        for text in [
            "send 2000 to Ravi every month on the 5th",
            "pay rent on 5th of every month",
            "2000 to Ravi on the 5th each month",
            "har mahine 5 tareekh ko Ravi ko 2 hazaar",
            "har mahine 5 ko 2000 bhejo",
            "हर महीने 5 तारीख को 2000 भेजो",
            "महीने की 5 तारीख को 2000 भेजो",
            "ಪ್ರತಿ ತಿಂಗಳು 5ನೇ ತಾರೀಖಿಗೆ 2000 ಕಳಿಸಿ",
            "மாதம் மாதம் 5ஆம் தேதி 2000 அனுப்பு",
            "ప్రతి నెలా 5వ తేదీన 2000 పంపు",
            "প্রতি মাসের 5 তারিখে 2000 পাঠাও",
            "दर महिन्याच्या 5 तारखेला 2000 पाठव",
        ] {
            assert_eq!(said(text), (Some("month".to_owned()), Some("5".to_owned())), "{text}");
        }
    }

    #[test]
    fn what_comes_every_week_has_a_day_of_it() {
        for text in [
            "every friday send 500 to mom",
            "send 500 to mom on fridays",
            "weekly 500 to mom on friday",
            "har shukravar ko mummy ko 500",
            "हर शुक्रवार 500 भेजो",
            "ಪ್ರತಿ ಶುಕ್ರವಾರ 500 ಕಳಿಸಿ",
            "ஒவ்வொரு வெள்ளிக்கிழமையும் 500 அனுப்பு",
            "ప్రతి శుక్రవారం 500 పంపు",
            "প্রতি শুক্রবার 500 পাঠাও",
            "दर शुक्रवारी 500 पाठव",
        ] {
            assert_eq!(said(text), (Some("week".to_owned()), Some("friday".to_owned())), "{text}");
        }
    }

    #[test]
    fn what_comes_once_has_no_rhythm() {
        for text in ["send 500 on friday", "5 tareekh ko 500 bhejo", "pay rent on the 5th"] {
            assert_eq!(said(text), (None, None), "{text}");
        }
        assert_eq!(said("roz 100 bhejo"), (Some("day".to_owned()), None));
    }
}
