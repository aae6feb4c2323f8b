//! Whether a verb tells what has happened.

use crate::lexicon::{ACCOUNT, CARD, CHEQUE, CONDITION, CREDIT, CURRENCY, FUTURE, NEGATION, NOUN, PAST, REFERENCE, REQUEST, THING, YOUR};
use crate::token::Tokens;

/// Whether the verb at `at` says what was, and neither denies, supposes nor promises it.
pub fn has_happened(tokens: &Tokens<'_>, at: usize) -> bool {
    let sentence = tokens.sentence(at);
    let mut words = 0;
    let mut first = at;
    for back in (0..at).rev().take_while(|back| tokens.sentence(*back) == sentence) {
        words += usize::from(tokens.is_word(back));
        if is_taken_back(tokens, at, back, words) {
            return false;
        }
        if tokens.is_word(back) && !tokens.has(back, YOUR) && !matches!(tokens.word(back), "the" | "dear" | "customer") {
            first = back;
        }
    }
    // "Cheque 123456 … received in inward clearing": the thing came, not the money.
    let is_of_thing = matches!(tokens.word(at), "received" | "sent") && first < at && tokens.has(first, THING | CHEQUE);
    // "on purchase of Rs 1000 and above"
    let is_price = tokens.word(at) == "purchase" && at > 0 && matches!(tokens.word(at - 1), "on" | "min" | "minimum" | "next" | "every");
    !(is_of_thing || is_price || is_put_off(tokens, at))
}

/// Whether the word at `back`, `words` before the verb, makes it future, denied, supposed or another's.
fn is_taken_back(tokens: &Tokens<'_>, at: usize, back: usize, words: usize) -> bool {
    let is_past = tokens.has(at, PAST);
    let word = tokens.word(back);
    let denies = words <= 5 && tokens.has(back, FUTURE) || words <= 3 && denies_something(tokens, back);
    let is_to_be = words <= 3 && word == "to" && matches!(tokens.word(back + 1), "be" | "get" | "debit" | "credit" | "pay");
    let is_got = words <= 6 && is_past && matches!(word, "get" | "gets" | "getting");
    // "Did you attempt a txn", "Was this you?"
    let asks = matches!(word, "did" | "attempt" | "attempted" | "opted");
    let is_earlier = words <= 3 && matches!(word, "last" | "previous");
    let supposes = tokens.has(back, CONDITION) || word == "case" && back > 0 && tokens.word(back - 1) == "in";
    let converts = matches!(word, "convert" | "split" | "repay");
    let takes_thing = is_past && (tokens.has(at, CREDIT) || tokens.word(at) == "sent");
    // "UPI Mandate: Sent Rs 149": a headline.
    let is_headline = (back..at).any(|between| tokens.is_mark(between, b':'));
    let is_thing = takes_thing && words <= 4 && tokens.has(back, THING) && !tokens.joined(back) && !is_headline && !is_for(tokens, back);
    let is_complaint = tokens.has(at, NOUN)
        && !is_past
        && words <= 6
        && tokens.has(back, THING)
        && (!tokens.has(back, REQUEST) || tokens.word(back + 1) == "for");
    // "EMI conversion request for Rs 500 on card XX12 is received"
    let was_asked = tokens.word(at) == "received" && matches!(word, "request" | "application");
    let is_request = is_past && words <= 3 && tokens.has(back, REQUEST) || was_asked;
    denies || asks || is_to_be || is_got || is_earlier || supposes || converts || is_thing || is_complaint || is_request
}

/// "Refund of Rs 500 for your order has been credited": what the money is for.
fn is_for(tokens: &Tokens<'_>, thing: usize) -> bool {
    let sentence = tokens.sentence(thing);
    let mut before = (0..thing)
        .rev()
        .take_while(|at| tokens.sentence(*at) == sentence)
        .skip_while(|at| tokens.has(*at, YOUR) || tokens.word(*at) == "the");
    before.next().is_some_and(|at| tokens.word(at) == "for") && before.any(|at| tokens.has(at, CURRENCY))
}

/// Whether what follows the verb says that it is still to come, or was of something else than money.
fn is_put_off(tokens: &Tokens<'_>, at: usize) -> bool {
    let sentence = tokens.sentence(at);
    let next_words = |to: usize| (at + 1..at + to).take_while(|next| tokens.sentence(*next) == sentence);
    let pairs = |to: usize, first: &[&str], second: &[&str]| {
        next_words(to).any(|next| first.contains(&tokens.word(next)) && second.contains(&tokens.word(next + 1)))
    };
    let takes_thing = matches!(tokens.word(at), "received" | "sent" | "added" | "got")
        && next_words(6)
            .take_while(|next| !tokens.has(*next, CURRENCY))
            .any(|next| tokens.has(next, THING | REQUEST) && !tokens.has(next, REFERENCE));
    let is_later = next_words(4).take_while(|next| !tokens.is_any_mark(*next)).any(|next| LATER.contains(&tokens.word(next)));
    // "credited with 500 reward points on spends of Rs 10,000"
    let takes_points = tokens.word(at) == "credited"
        && next_words(8)
            .take_while(|next| !tokens.has(*next, CURRENCY))
            .any(|next| matches!(tokens.word(next), "points" | "miles" | "coins"));
    // "cheque for Rs 500 drawn on your A/c is presented", "cheque deposited … returned"
    let is_cheques = tokens.word(at) == "drawn" && tokens.word(at + 1) == "on"
        || tokens.word(at) == "deposited"
            && next_words(20).any(|next| matches!(tokens.word(next), "returned" | "bounced" | "dishonoured" | "dishonored"));
    // "Disbursed in 10 seconds"
    let is_boast = (at + 1..at + 4)
        .any(|next| matches!(tokens.word(next), "in" | "within") && tokens.is_digits(next + 1) && SPANS.contains(&tokens.word(next + 2)));
    let is_attempt = next_words(3).any(|next| tokens.word(next) == "attempted");
    let is_regular = !tokens.has(at, PAST) && pairs(20, &["every", "each", "per"], &["month", "week", "year", "day"]);
    takes_thing
        || tokens.is_mark(at + 1, b'?')
        || takes_points
        || is_cheques
        || is_attempt
        || is_boast
        || is_regular
        || is_later
        || pairs(6, &["for"], &["processing"])
        || pairs(6, &["on", "after", "upon"], STEPS)
        || pairs(4, &["this", "per"], &["cycle", "month", "week", "year", "day"])
}

/// Hindi and Hinglish put the future, and the denial, behind the verb.
const LATER: &[&str] = &["hoga", "hogi", "honge", "jayega", "jayenge", "nahi", "होगा", "होगी", "होंगे", "जाएगा", "जाएंगे", "नहीं"];

/// How soon something is promised.
const SPANS: &[&str] =
    &["sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hrs", "hour", "hours", "day", "days", "working"];

/// What must come first: "credited on approval".
const STEPS: &[&str] = &[
    "acceptance",
    "approval",
    "approving",
    "activation",
    "completion",
    "registration",
    "verification",
    "clearing",
    "realisation",
    "realization",
];

/// `not`, but not the `no.` of "A/c no. XX1234".
fn denies_something(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_number = tokens.word(at) == "no"
        && (!tokens.is_word(at + 1)
            || tokens.word(at + 1).bytes().all(|byte| byte == b'x')
            || at > 0 && tokens.has(at - 1, ACCOUNT | CARD | REFERENCE | NOUN)
            || matches!(tokens.word(at + 1), "nn"));
    tokens.has(at, NEGATION) && !is_number
}
