use super::*;
use crate::{
    address::{PayeeName, Vpa},
    engine::{Command, Record, Snapshot},
    posting::CHAIN_START,
    testing::user,
};
use jiff::Timestamp;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn terms(amount: i64) -> Terms {
    let address = crate::address::Address::Vpa(Vpa::parse("ravi@okbank").unwrap());
    Terms { moves: Moves::Payout { address, name: PayeeName::parse("Ravi").unwrap() }, amount, fee: 0, note: None }
}

fn asked(amount: i64) -> Pending {
    Pending::new(Fingerprint::of("chat", "1"), Pends::Money(terms(amount)), at(100))
}

fn button(pending: &Pending) -> Answer {
    Answer::Button { id: pending.id, proof: pending.proof(user("asha"), Door::Meta) }
}

fn take(chat: Option<&Chat>, id: &str, after: u64, deed: Deed) -> Result<Taken, CannotTake> {
    let mut state = Snapshot::default();
    if let Some(chat) = chat {
        state.insert(1, Record::Chat(Box::new(chat.clone())));
    }
    let entry =
        Entry { heard: "text".to_owned(), mind: "built_in".to_owned(), proposal: None, decision: "answered".to_owned(), proof: [0; 16] };
    let take = TakeTurn {
        user: user("asha"),
        door: Door::Meta,
        id: Fingerprint::of("m", id),
        message: id.to_owned(),
        echo: None,
        after,
        state: State::default(),
        deed,
        entry,
    };
    take.decide(&state, at(200)).map(|(_, taken)| taken)
}

#[test]
fn a_question_is_confirmed_by_its_own_button_within_five_minutes() {
    let pending = asked(50_000);
    assert_eq!(pending.confirmed(&button(&pending), user("asha"), Door::Meta, at(399)), Ok(()));
    assert_eq!(pending.confirmed(&button(&pending), user("asha"), Door::Meta, at(400)), Err(NotConfirmed::Late));
}

#[test]
fn a_button_of_other_terms_another_user_or_another_chat_confirms_nothing() {
    let (pending, other) = (asked(50_000), asked(50_001));
    assert_eq!(pending.confirmed(&button(&other), user("asha"), Door::Meta, at(101)), Err(NotConfirmed::Other));
    assert_eq!(pending.confirmed(&button(&pending), user("bala"), Door::Meta, at(101)), Err(NotConfirmed::Other));
    assert_eq!(pending.confirmed(&button(&pending), user("asha"), Door::Twilio, at(101)), Err(NotConfirmed::Other));
}

#[test]
fn a_word_that_was_written_before_the_question_confirms_nothing() {
    let pending = asked(50_000);
    let word = |second| Answer::Word { written_at: at(second) };
    assert_eq!(pending.confirmed(&word(99), user("asha"), Door::Meta, at(101)), Err(NotConfirmed::Early));
    assert_eq!(pending.confirmed(&word(100), user("asha"), Door::Meta, at(101)), Ok(()));
    assert_eq!(pending.confirmed(&word(100), user("asha"), Door::Meta, at(500)), Err(NotConfirmed::Late));
}

#[test]
fn what_waits_for_a_pin_is_not_confirmed_by_a_second_yes() {
    let pending = Pending { awaits: Awaits::Pin, ..asked(50_000) };
    assert_eq!(pending.confirmed(&button(&pending), user("asha"), Door::Meta, at(101)), Err(NotConfirmed::Nothing));
}

#[test]
fn terms_differ_by_each_of_their_parts() {
    let base = terms(50_000);
    let other = [
        Terms { amount: 50_001, ..base.clone() },
        Terms { fee: 1, ..base.clone() },
        Terms { note: Some("rent".to_owned()), ..base.clone() },
        Terms { moves: Moves::Transfer { to: user("bala"), label: "Ravi".to_owned() }, ..base.clone() },
    ];
    assert!(other.iter().all(|other| other.canonical() != base.canonical()));
}

#[test]
fn a_turn_is_taken_once_and_after_the_one_before_it_is_done() {
    let Ok(Taken::Now(chat)) = take(None, "a", 0, Deed::Nothing) else { panic!("not taken") };
    assert_eq!(take(Some(&chat), "b", 1, Deed::Nothing), Err(CannotTake), "the first is not done");
    let chat = Chat { doing: None, ..*chat };
    assert_eq!(take(Some(&chat), "b", 0, Deed::Nothing), Err(CannotTake), "decided on an older state");
    assert!(matches!(take(Some(&chat), "b", 1, Deed::Nothing), Ok(Taken::Now(chat)) if chat.turns == 2));
}

#[test]
fn a_chain_of_turns_shows_what_was_changed() {
    let entry = |decision: &str| Entry {
        heard: "text".to_owned(),
        mind: "built_in".to_owned(),
        proposal: Some("check_balance".to_owned()),
        decision: decision.to_owned(),
        proof: [7; 16],
    };
    let mut chat = Chat::new(user("asha"), Door::Meta, at(1));
    assert_eq!(chat.chain, CHAIN_START);
    let mut turns = Vec::new();
    for n in 0..3 {
        let mut state = Snapshot::default();
        state.insert(1, Record::Chat(Box::new(Chat { doing: None, ..chat.clone() })));
        let id = Fingerprint::of("m", &n.to_string());
        let take = TakeTurn {
            user: user("asha"),
            door: Door::Meta,
            id,
            message: n.to_string(),
            echo: None,
            after: n,
            state: State::default(),
            deed: Deed::Nothing,
            entry: entry("answered"),
        };
        let (plan, taken) = take.decide(&state, at(10 + i64::try_from(n).unwrap())).unwrap();
        turns.extend(plan.records().filter_map(|record| if let Record::Turn(turn) = record { Some(turn.clone()) } else { None }));
        let Taken::Now(next) = taken else { panic!("not taken") };
        chat = *next;
    }
    assert_eq!(Turn::broken(&turns, &chat), None);
    let mut changed = turns.clone();
    changed[1].entry = entry("confirmed");
    assert_eq!(Turn::broken(&changed, &chat), Some(2));
    assert_eq!(Turn::broken(&turns[..2], &chat), Some(3), "its end was cut off");
    assert_eq!(Turn::broken(&turns[1..], &chat), Some(1));
}

#[test]
fn a_chat_forgets_its_task_after_an_hour() {
    let mut chat = Chat::new(user("asha"), Door::Meta, at(0));
    chat.state.language = Some("hi".to_owned());
    chat.state.task = Some(Task { command: "cash_out".to_owned(), slots: Slots::new(), asked: None });
    assert!(chat.state_at(at(3_599)).task.is_some());
    let later = chat.state_at(at(3_600));
    assert_eq!((later.task, later.language.as_deref()), (None, Some("hi")));
}
