use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{self, MODEL};
use crate::rules;
use crate::{EXPENSES, Ground, Guess, INCOMES, TEXT_CHARS_MAX, Told, guess, is_category, platforms};

fn told<'a>(text: &'a str, is_credit: bool, channel: Option<&'a str>) -> Told<'a> {
    Told { text, is_credit, channel, amount_minor: 42_000 }
}

fn spent(text: &str) -> &'static str {
    guess(&told(text, false, Some("upi"))).what
}

fn received(text: &str) -> Guess {
    guess(&told(text, true, Some("upi")))
}

#[test]
fn the_model_is_of_the_corpus_that_lies_beside_it() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let model = MODEL.as_ref().unwrap();
    assert_eq!(
        model.digest,
        model::digest(&corpus).unwrap(),
        "train it again: cargo run --release -p categories --features train --bin categories-train"
    );
    let bytes = model.write();
    assert_eq!(model::Model::read(&bytes).unwrap().write(), bytes);
    assert!(bytes.len() <= 150_000, "{}", bytes.len());
}

#[test]
fn a_damaged_model_is_refused() {
    let bytes = MODEL.as_ref().unwrap().write();
    for length in (0..bytes.len()).step_by(997) {
        assert!(model::Model::read(&bytes[..length]).is_err(), "{length}");
    }
}

#[test]
fn every_rule_names_a_category_of_its_side() {
    for line in rules::text().lines().filter(|line| !line.starts_with('#')) {
        let [what, side, forms] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        assert!(["debit", "credit", "both"].contains(&side) && !forms.is_empty(), "{line}");
        for is_credit in [false, true] {
            let is_for = side == "both" || (side == "credit") == is_credit;
            assert!(!is_for || what == rules::SILENT || is_category(what, is_credit), "{what} {side}");
        }
    }
}

#[test]
fn no_form_means_two_things() {
    let mut known: BTreeMap<(&str, bool), &str> = BTreeMap::new();
    for (form, rule) in rules::entries() {
        for is_credit in [false, true] {
            if if is_credit { rule.for_credits } else { rule.for_debits } {
                let before = *known.entry((form.trim_start_matches('='), is_credit)).or_insert(rule.what);
                assert_eq!(before, rule.what, "{form}");
            }
        }
    }
}

#[test]
fn what_the_assistant_knows_can_be_chosen() {
    let of_assistant = [
        "fuel",
        "food",
        "vehicle",
        "phone",
        "rent",
        "family",
        "health",
        "loan",
        "shopping",
        "travel",
        "education",
        "fees",
        "fine",
        "other",
    ];
    assert!(of_assistant.iter().all(|code| is_category(code, false)));
    assert!(["uber", "swiggy", "zomato", "blinkit", "zepto", "ola", "rapido", "porter"].iter().all(|code| is_category(code, true)));
    assert!(!is_category("uber", false) && !is_category("fuel", true) && !is_category("", false) && !is_category("silent", true));
    assert_eq!(platforms().filter(|code| EXPENSES.contains(code) || INCOMES.contains(code)).count(), 0);
}

#[test]
fn a_worker_who_orders_from_a_platform_earns_nothing() {
    assert_eq!(spent("PAY*SWIGGY"), "food");
    assert_eq!(spent("Swiggy Limi"), "food");
    assert_eq!(spent("swiggy.rzp@icici"), "food");
    assert_eq!(spent("UPI/DR/412233445566/UBER INDIA/UTIB"), "travel");
    assert_eq!(spent("Zepto"), "family");
    assert_eq!(spent("MC DONALDS"), "food");
    assert!(!guess(&told("PAY*SWIGGY", false, Some("card"))).is_platform);
}

#[test]
fn what_is_given_back_is_no_income_of_a_platform() {
    for text in ["SWIGGY REFUND", "UPI/CR/41/BUNDL TECHNOLOGIES PVT/REVERSAL", "RFND UBER INDIA"] {
        let got = received(text);
        assert_eq!((got.what, got.is_platform), ("refund", false), "{text}");
    }
    assert_eq!(guess(&told("SWIGGY BANGALORE", true, Some("card"))).what, "refund");
}

#[test]
fn who_writes_of_a_platform_is_not_the_platform() {
    assert!(!received("UPI/CR/41/RAVI KUMAR/HDFC/ravi@okhdfcbank/swiggy").is_platform);
    assert!(!received("UPI/CR/41/ARJUN PORTER/HDFC").is_platform);
    assert!(!received("UPI/CR/41/OLA ELECTRIC MOBILITY/HDFC").is_platform);
}

#[test]
fn a_person_is_one_only_between_accounts() {
    assert_eq!(spent("UPI/DR/41/SUNIL KUMAR SHARMA/SBIN"), "transfer");
    assert_eq!(guess(&told("SUNIL KUMAR SHARMA", false, Some("card"))), guess(&told("", false, None)));
    assert_eq!(received("AMAZON").what, "");
}

#[test]
fn banks_of_riders_are_no_loans_and_no_phones() {
    assert_eq!(spent("UJJIVAN SMALL FINANCE BANK"), "");
    assert_eq!(spent("UPI/DR/41/AIRTEL PAYMENTS BANK"), "");
    assert_eq!(spent("UPI/DR/41/LAKSHMI FINANCE"), "loan");
}

#[test]
fn the_rail_tells_where_words_tell_of_a_place() {
    assert_eq!(guess(&told("SBI HOSPITAL ROAD", false, Some("atm"))).what, "cash");
    assert_eq!(guess(&told("ATM ANNUAL FEE", false, Some("atm"))).what, "fees");
    assert_eq!(guess(&told("MAIN BRANCH", true, Some("cash"))).what, "cash_deposit");
    assert_eq!(guess(&told("KHED", false, Some("fastag"))).what, "travel");
}

#[test]
fn a_guess_of_the_model_says_how_sure_it_is_and_why() {
    let got = guess(&told("GULSHAN PETROLIUM", false, Some("upi")));
    let Ground::Model { percent, because } = got.ground else { panic!("{got:?}") };
    assert_eq!((got.what, because.first().map(String::as_str)), ("fuel", Some("petrolium")));
    assert!((45..=100).contains(&percent) && because.len() <= 3);
}

#[test]
fn what_says_nothing_has_no_answer() {
    for text in ["", "   ", "UPI/DR/412233445566", "paytmqr2810050501@paytm", "@@@@", "////", "१२३", "\u{200D}", "NEFT transaction"] {
        for is_credit in [false, true] {
            assert_eq!(guess(&told(text, is_credit, None)).ground, Ground::None, "{text}");
        }
    }
}

#[test]
fn no_text_makes_it_fail() {
    let pieces = [
        "UPI/",
        "CR",
        "SWIGGY",
        "@ok",
        "..",
        "*",
        "&",
        "'",
        "9",
        "4412",
        "HP",
        "p",
        "ராம்",
        "किराना",
        "ﬁ",
        "İ",
        "\0",
        "\u{202E}",
        "😀",
        "=",
        "|",
        "\t",
        "a.b.c",
        " ",
        "\n",
        "petrole",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..4_000 {
        let text: String = (0..random.usize(..40)).filter_map(|_| random.choice(pieces)).collect();
        let channel = random.choice([None, Some("upi"), Some("atm"), Some("card"), Some("")]).flatten();
        let told = Told { text: &text, is_credit: random.bool(), channel, amount_minor: random.i64(..) };
        let got = guess(&told);
        assert_eq!(got, guess(&told));
        assert_eq!(got.what.is_empty(), got.ground == Ground::None);
        assert!(got.what.is_empty() || is_category(got.what, told.is_credit), "{}", got.what);
        assert!(!got.is_platform || (told.is_credit && platforms().any(|code| code == got.what)));
    }
}

#[test]
fn a_long_text_is_read_to_its_limit() {
    let long = "x ".repeat(TEXT_CHARS_MAX) + "PETROL PUMP";
    assert_eq!(spent(&long), "");
    assert_eq!(spent(&("PETROL PUMP ".to_owned() + &long)), "fuel");
}
