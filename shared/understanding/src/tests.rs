//! What is understood, and above all what is not.

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;

use super::*;

static UNDERSTANDER: LazyLock<Understander> = LazyLock::new(|| Understander::built_in().unwrap());

fn understood(text: &str) -> Understanding {
    UNDERSTANDER.understand(&Utterance { text, language: None, context: None, now: date(2026, 11, 21) })
}

#[track_caller]
fn asks_for(command: Command, texts: &[&str]) {
    for text in texts {
        assert_eq!(understood(text).command, Some(command), "{text}");
    }
}

#[track_caller]
fn moves_nothing(texts: &[&str]) {
    for text in texts {
        let command = understood(text).command;
        assert!(!command.is_some_and(Command::moves_money), "{text}: {command:?}");
    }
}

#[test]
fn the_model_is_of_the_corpus_and_the_lexicon_that_lie_beside_it() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let of_corpus = digest::digest(&corpus).unwrap();
    assert_eq!(
        UNDERSTANDER.model_digest(),
        of_corpus,
        "train it again: cargo run --release -p understanding --features train --bin understanding-train"
    );
}

#[test]
fn money_is_sent_in_every_language() {
    asks_for(
        Command::TransferMoney,
        &[
            "send 500 to Ravi",
            "Ravi ko 500 bhej do",
            "रवि को 500 भेज दो",
            "ರವಿಗೆ 500 ಕಳಿಸಿ",
            "ravige 500 kalisi",
            "ரவிக்கு 500 அனுப்பு",
            "ravi ku 500 anuppu",
            "రవికి 500 పంపు",
            "ravi ki 500 pampu",
            "রবিকে 500 পাঠাও",
            "robi ke 500 pathao",
            "रवीला 500 पाठव",
            "ravi la 500 pathav",
        ],
    );
}

#[test]
fn a_denial_moves_nothing() {
    moves_nothing(&[
        "don't send money to Ravi",
        "do not pay the electricity bill",
        "Ravi ko paise mat bhejo",
        "रवि को पैसे मत भेजो",
        "ರವಿಗೆ ಹಣ ಕಳಿಸಬೇಡ",
        "ரவிக்கு பணம் அனுப்ப வேண்டாம்",
        "రవికి డబ్బులు పంపొద్దు",
        "রবিকে টাকা পাঠিও না",
        "रवीला पैसे पाठवू नको",
    ]);
}

#[test]
fn a_supposition_a_question_and_a_story_move_nothing() {
    moves_nothing(&[
        "what if I send 500",
        "did you send 500 to Ravi?",
        "Ravi sent me 500",
        "agar main 500 bhej du to",
        "Ravi ne 500 bheje kya",
        "रवि ने मुझे 500 भेजे",
        "he told me that he paid the rent",
        "my brother transferred 2000 to his wife",
    ]);
}

#[test]
fn what_comes_again_is_set_up_by_paying_and_ended_by_a_command_of_its_own() {
    asks_for(
        Command::TransferMoney,
        &["send 2000 to Ravi every month on the 5th", "every friday send 500 to mom", "Ravi ko har mahine 5 tareekh ko 2000 bhejo"],
    );
    asks_for(
        Command::RecurringPayments,
        &[
            "my standing payments",
            "stop the monthly payment to Ravi",
            "cancel auto pay of rent",
            "har mahine wala payment band karo",
            "ರವಿಗೆ ಪ್ರತಿ ತಿಂಗಳು ಹಣ ಕಳಿಸೋದು ನಿಲ್ಸಿ",
            "ரவிக்கு மாசம் மாசம் போற பேமெண்ட நிறுத்துங்க",
            "రవికి నెల నెలా వెళ్ళే పేమెంట్ ఆపండి",
            "রবিকে মাসে মাসে যে পেমেন্ট যায় বন্ধ করো",
            "रवीला दर महिन्याला पैसे पाठवणं बंद करा",
        ],
    );
    let slots = understood("stop the monthly payment to Ravi").slots;
    assert_eq!((slots.payee.as_deref(), slots.every.as_deref(), slots.stop.as_deref()), (Some("Ravi"), Some("month"), Some("true")));
    assert_eq!(understood("which payments go every month").slots.stop, None);
}

#[test]
fn the_account_of_the_day_is_sent_at_an_hour_or_no_more() {
    for (text, command, hour) in [
        ("daily summary on", Command::StartMessages, None),
        ("send me a summary every night at 9", Command::StartMessages, Some("21")),
        ("roz ka hisaab raat 9 baje bhejo", Command::StartMessages, Some("21")),
        ("stop daily summary", Command::StopMessages, None),
        ("दिन का हिसाब बंद करो", Command::StopMessages, None),
    ] {
        let Understanding { command: got, slots, .. } = understood(text);
        assert_eq!((got, slots.topic.as_deref(), slots.hour.as_deref()), (Some(command), Some("summary"), hour), "{text}");
    }
    assert_eq!(understood("message band karo").slots.topic, None);
    asks_for(Command::EarningsToday, &["aaj ka hisaab", "how much did I make today"]);
}

#[test]
fn a_transfer_says_how_much_and_to_whom() {
    for (text, payee, rupees) in [
        ("send 500 to Ravi Kumar", "Ravi Kumar", 500),
        ("Ravi ko do hazaar bhejo", "Ravi", 2_000),
        ("ರವಿಗೆ ಐದುನೂರು ಕಳಿಸು", "ರವಿ", 500),
        ("ரவிக்கு ஐந்நூறு அனுப்பு", "ரவி", 500),
        ("రవికి ఐదువందలు పంపు", "రవి", 500),
        ("রবিকে পাঁচশো পাঠাও", "রবি", 500),
        ("रवीला पाचशे पाठव", "रवी", 500),
    ] {
        let Understanding { command, slots, .. } = understood(text);
        assert_eq!(
            (command, slots.payee.as_deref(), slots.amount),
            (Some(Command::TransferMoney), Some(payee), Some(rupees * 100)),
            "{text}"
        );
    }
}

#[test]
fn several_facts_of_one_text_are_all_told() {
    let Understanding { command, slots, also, .. } = understood("earned 850 swiggy, petrol 200");
    assert_eq!((command, slots.amount, slots.platform.as_deref()), (Some(Command::LogIncome), Some(85_000), Some("swiggy")));
    let (command, slots) = also.first().unwrap();
    assert_eq!((*command, slots.amount, slots.category.as_deref()), (Command::LogExpense, Some(20_000), Some("fuel")));
}

#[test]
fn an_account_just_spoken_of_is_the_one_that_money_comes_from() {
    let context = Context { command: Some(Command::CheckBalance), account: Some("wallet".to_owned()) };
    let utterance = Utterance { text: "transfer 10k to savings", language: None, context: Some(context), now: date(2026, 11, 21) };
    let slots = UNDERSTANDER.understand(&utterance).slots;
    assert_eq!(
        (slots.from_account.as_deref(), slots.to_account.as_deref(), slots.amount),
        (Some("wallet"), Some("savings"), Some(1_000_000))
    );
}

#[test]
fn a_language_is_told_with_its_letters() {
    for (text, language) in [
        ("mera balance kitna hai", "hi-Latn"),
        ("मेरा बैलेंस कितना है", "hi"),
        ("माझा बॅलन्स किती आहे", "mr"),
        ("what is my balance", "en"),
        ("nanna balance eshtu", "kn-Latn"),
        ("என் பேலன்ஸ் எவ்வளவு", "ta"),
    ] {
        assert_eq!(understood(text).language.to_string(), language, "{text}");
    }
}

/// What somebody new writes first; the answer is in the language that it is read in.
#[test]
fn a_greeting_that_many_share_is_of_those_who_say_it_most() {
    for (text, language) in [
        ("namaste", "hi-Latn"),
        ("Namaste", "hi-Latn"),
        ("namaste ji", "hi-Latn"),
        ("नमस्ते", "hi"),
        ("hello", "en"),
        ("vanakkam", "ta-Latn"),
        ("namaskaram", "te-Latn"),
        ("namaskara", "kn-Latn"),
        ("nomoskar", "bn-Latn"),
    ] {
        assert_eq!(understood(text).language.to_string(), language, "{text}");
    }
}

#[test]
fn a_word_of_alarm_stops_everything() {
    asks_for(Command::Panic, &["panic", "PANIC!", "sos", "block my account", "mera phone chori ho gaya sab band karo"]);
}

#[test]
fn what_says_nothing_is_nothing() {
    for text in ["", " ", "?", "...", "₹", "\u{200b}\u{202e}", "@", "-", "🙏"] {
        assert!(!understood(text).command.is_some_and(Command::moves_money), "{text}");
    }
    assert_eq!(understood("").command, None);
}

#[test]
fn disguised_letters_are_read_as_what_they_look_like() {
    asks_for(Command::TransferMoney, &["ѕеnd 500 tо Ravi", "se\u{200b}nd 500 to Ra\u{202e}vi", "ｓｅｎｄ ５００ ｔｏ Ravi"]);
}

/// Any text has an answer, the same one each time, and never an amount of nothing or less.
#[test]
fn no_text_makes_it_fail() {
    let mut random = fastrand::Rng::with_seed(5);
    let pieces = [
        "send",
        "500",
        "₹",
        "-",
        "@",
        ".",
        ",",
        "/",
        "k",
        "ko",
        "लाख",
        "ಗೆ",
        "ರ",
        "\u{cbf}",
        "க்கு",
        "కి",
        "কে",
        "ला",
        " ",
        "\n",
        "\t",
        "\u{200d}",
        "\u{202e}",
        "💰",
        "\u{94d}",
        "9845012345",
        "saadhe",
        "teen",
        "99999999999999999999",
        "0",
        "nov",
        "5",
        "'",
        "from",
        "to",
        "for",
        "veyyi",
        "\0",
        "\u{10ffff}",
        "ﷺ",
        "İ",
        "ß",
        "½",
        "१",
        "mat",
        "paune",
    ];
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..random.usize(..30) {
            match random.u8(..4) {
                0 => text.push(random.char(..)),
                1 => text.push(random.char('\u{900}'..'\u{d80}')),
                _ => text.push_str(random.choice(pieces).unwrap_or_default()),
            }
            if random.bool() {
                text.push(' ');
            }
        }
        let first = understood(&text);
        assert_eq!(first, understood(&text), "{text:?}");
        assert!(first.slots.amount.is_none_or(|paise| (1..=10_000_000_000).contains(&paise)), "{text:?}");
        assert!((0.0..=1.0).contains(&first.confidence), "{text:?}");
        let _ = UNDERSTANDER.confirmation(&text);
    }
}

#[test]
fn a_long_text_is_read_up_to_its_limit_and_no_longer() {
    for text in [
        "send ".repeat(100_000),
        "9".repeat(1_000_000),
        "saadhe ".repeat(50_000),
        "ಐದುನೂರು".repeat(10_000),
        "1,".repeat(100_000),
        "a@".repeat(100_000),
    ] {
        let started = std::time::Instant::now();
        let _ = understood(&text);
        assert!(started.elapsed().as_millis() < 1_000, "{}…", text.chars().take(20).collect::<String>());
    }
}
