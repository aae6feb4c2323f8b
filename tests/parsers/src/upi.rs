//! Links that somebody asks for money with: what one says is said once, and can be written again.

use upi::Link;

pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let link = match Link::parse(&text) {
        Ok(link) => link,
        Err(error) => return crate::webhook::quotes_nothing(data, &error.to_string()),
    };
    assert!(link.amount_paise.is_none_or(|amount| (1..=999_999_999_999).contains(&amount)));
    let fits = |text: &Option<String>, max: usize| text.as_ref().is_none_or(|text| (1..=max).contains(&text.chars().count()));
    assert!(fits(&link.name, 99) && fits(&link.note, 50) && fits(&link.reference, 35) && fits(&link.merchant_code, 4));
    for shown in [&link.name, &link.note].into_iter().flatten() {
        assert!(
            !shown.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}')),
            "{shown:?} is not as it looks"
        );
    }
    let written = link.to_string();
    assert!(Link::parse(&written).as_ref() == Ok(&link), "{written} is another link");
    // Whoever could say it twice could show one amount and take another.
    if link.amount_paise.is_some() {
        assert!(Link::parse(&format!("{text}&am=1.00")).is_err(), "an amount was said twice");
    }
    assert!(Link::parse(&format!("{text}&pa=other@okaxis")).is_err(), "a payee was said twice");
}
