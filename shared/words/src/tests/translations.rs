//! What must hold of every template in every language.

use std::collections::BTreeSet;

use super::*;
use crate::{Kind, short_day};

#[test]
fn nothing_is_missing_in_any_language() {
    assert_eq!(catalogue().missing(), []);
}

#[test]
fn every_template_says_its_sample_values_in_every_language_and_form() {
    for (template, language) in each_template_and_language() {
        let notice = preview(template.name, json!({}));
        for form in FORMS {
            let said = notice.render(language, form);
            assert_eq!((said.language, said.fell_back), (language, false));
            for variable in template.variables {
                let sample = match variable.kind {
                    Kind::Amount => "₹1,23,456.50".to_owned(),
                    Kind::Count => "5".to_owned(),
                    Kind::Text { .. } | Kind::Prose { .. } => format!("«{}»", variable.name),
                    Kind::Time => "21-11-2026, 6:05 PM".to_owned(),
                    Kind::Day => short_day(jiff::civil::date(2026, 11, 24), language),
                    Kind::Reference => "415012345678".to_owned(),
                    Kind::Code => "482913".to_owned(),
                    Kind::OneOf(_) => continue,
                };
                assert!(text(&said).contains(&sample), "{} in {language}: {} says no {sample}", template.name, text(&said));
                assert!(said.html.iter().all(|html| html.contains(&sample)));
            }
            assert!(!said.title.is_empty() && !said.title.contains('\n') && !said.body.is_empty());
            assert_eq!(said.html.is_some(), form == Form::Email);
        }
    }
}

#[test]
fn each_word_of_a_choice_is_said_in_another_way() {
    for (template, language) in each_template_and_language() {
        for variable in template.variables {
            let Kind::OneOf(choices) = variable.kind else { continue };
            let said = |choice: &&str| text(&preview(template.name, json!({variable.name: choice})).render(language, Form::Push));
            let different: BTreeSet<String> = choices.iter().map(said).collect();
            assert_eq!(different.len(), choices.len(), "{} of {} in {language}", variable.name, template.name);
        }
    }
}

/// A notification that ends in `…` may lack the word that matters.
#[test]
fn what_is_ours_is_never_cut() {
    for (template, language) in each_template_and_language() {
        let choices = template.variables.iter().flat_map(|variable| match variable.kind {
            Kind::OneOf(choices) => choices.iter().map(|choice| json!({variable.name: choice})).collect(),
            _ => vec![],
        });
        for given in choices.chain([json!({})]) {
            let said = text(&preview(template.name, given.clone()).render(language, Form::Push));
            assert!(!said.contains('…'), "{} of {given} in {language}: {said}", template.name);
        }
    }
}

/// A file in another language's folder would be read without complaint.
#[test]
fn every_language_is_written_in_its_own_script() {
    let script = |character: char| match character {
        '\u{964}' | '\u{965}' => None,
        '\u{900}'..='\u{97f}' => Some("Devanagari"),
        '\u{980}'..='\u{9ff}' => Some("Bengali"),
        '\u{a00}'..='\u{b7f}' | '\u{d00}'..='\u{d7f}' => Some("another"),
        '\u{b80}'..='\u{bff}' => Some("Tamil"),
        '\u{c00}'..='\u{c7f}' => Some("Telugu"),
        '\u{c80}'..='\u{cff}' => Some("Kannada"),
        _ => None,
    };
    for (template, language) in each_template_and_language() {
        let own = match language {
            Language::English => None,
            Language::Hindi | Language::Marathi => Some("Devanagari"),
            Language::Kannada => Some("Kannada"),
            Language::Tamil => Some("Tamil"),
            Language::Telugu => Some("Telugu"),
            Language::Bengali => Some("Bengali"),
        };
        if template.name == "announcement" {
            continue;
        }
        let said = preview(template.name, json!({})).render(language, Form::Email);
        let scripts: BTreeSet<&str> = text(&said).chars().filter_map(script).collect();
        assert_eq!(scripts, own.into_iter().collect(), "{} in {language}", template.name);
    }
}

/// What is ours neither styles nor links: only an operator's announcement may bring a link.
#[test]
fn no_translation_has_markup_links_or_emoji() {
    for (template, language) in each_template_and_language() {
        let said = text(&preview(template.name, json!({})).render(language, Form::Text));
        let emoji = |character: char| matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
        assert!(!said.contains(['*', '_', '~', '`', '{', '}', '<', '>']), "{} in {language}: {said}", template.name);
        assert!(!said.contains("http") && !said.contains("www") && !said.contains(emoji), "{} in {language}: {said}", template.name);
        assert!(said.lines().all(|line| !line.starts_with(['-', '#']) && !line.contains("  ")), "{} in {language}", template.name);
    }
}

#[track_caller]
fn assert_digest(language: Language, count: u64, title: &str) {
    assert_eq!(preview("digest", json!({"count": count})).render(language, Form::Push).title, title);
}

#[test]
fn a_count_has_the_plural_of_its_language() {
    for (count, title) in [(0, "0 new notices"), (1, "1 new notice"), (2, "2 new notices"), (100_000, "1,00,000 new notices")] {
        assert_digest(Language::English, count, title);
    }
    // Hindi, Kannada and Bengali count nothing as one.
    for (count, title) in [(0, "0 नई सूचना"), (1, "1 नई सूचना"), (2, "2 नई सूचनाएँ"), (21, "21 नई सूचनाएँ")]
    {
        assert_digest(Language::Hindi, count, title);
    }
    for (count, title) in [(0, "0 ಹೊಸ ಸೂಚನೆ"), (1, "1 ಹೊಸ ಸೂಚನೆ"), (2, "2 ಹೊಸ ಸೂಚನೆಗಳು")]
    {
        assert_digest(Language::Kannada, count, title);
    }
    for (count, title) in [(0, "0 புதிய அறிவிப்புகள்"), (1, "1 புதிய அறிவிப்பு"), (2, "2 புதிய அறிவிப்புகள்")]
    {
        assert_digest(Language::Tamil, count, title);
    }
    for (count, title) in [(1, "1 కొత్త సందేశం"), (2, "2 కొత్త సందేశాలు")] {
        assert_digest(Language::Telugu, count, title);
    }
    assert_digest(Language::Bengali, 2, "2টি নতুন বার্তা");
    let marathi = |count: u64| preview("digest", json!({"count": count, "lines": null})).render(Language::Marathi, Form::Push).body;
    assert_eq!(marathi(1), "Kamai मध्ये तुमची 1 नवीन सूचना आहे.");
    assert_eq!(marathi(2), "Kamai मध्ये तुमच्या 2 नवीन सूचना आहेत.");
}

#[test]
fn the_largest_count_is_said_to_the_last_digit() {
    assert_digest(Language::English, (1 << 53) - 1, "9,00,71,99,25,47,40,991 new notices");
}

#[test]
fn the_longest_notice_stays_within_what_its_channel_takes() {
    let letters = "न\u{93f}".repeat(2000);
    for (template, language) in each_template_and_language() {
        let mut values = map(json!({}));
        for variable in template.variables {
            let longest = match variable.kind {
                Kind::Text { .. } | Kind::Prose { .. } => json!(letters),
                Kind::Amount => json!(i64::MIN),
                _ => continue,
            };
            values.insert(variable.name.to_owned(), longest);
        }
        let notice = preview(template.name, values.into());
        let push = notice.render(language, Form::Push);
        assert!(push.title.len() + push.body.len() < 2400, "{} in {language}", template.name);
        assert!(text(&notice.render(language, Form::Text)).chars().count() < 4096);
        for parameter in notice.whatsapp().into_iter().flat_map(|filled| filled.parameters) {
            assert!(parameter.chars().count() <= 1024);
        }
    }
}
