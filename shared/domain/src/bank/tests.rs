mod agreements;
mod loans;

use super::*;
use crate::{
    chat::Door,
    engine::{Command, Record, Snapshot},
    testing::user,
};

const NOW: i64 = 1_795_000_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(NOW + second).unwrap()
}

fn sealed(text: &str) -> Sealed {
    Sealed { key: "v1".to_owned(), bytes: text.as_bytes().to_vec() }
}

fn link() -> BeginLink {
    let (user, bank, name) = (user("asha"), "demo-bank".to_owned(), "Demo Bank".to_owned());
    BeginLink { user, bank, name, link: [7; 16], grant: sealed("verifier"), tell: Some(Door::Meta) }
}

fn back(grant: Grant) -> RecordReturn {
    RecordReturn { user: user("asha"), bank: id(), link: [7; 16], grant }
}

fn id() -> BankId {
    Bank::id_of(user("asha"), "demo-bank")
}

/// Of a connection alone.
struct World(Option<Bank>);

impl World {
    fn run<C: Command>(&mut self, second: i64, command: &C) -> Result<C::Done, C::Refusal> {
        let mut state = Snapshot::default();
        if let Some(bank) = &self.0 {
            state.insert(1, Record::Bank(Box::new(bank.clone())));
        }
        let (plan, done) = command.decide(&state, at(second))?;
        for record in plan.records() {
            let Record::Bank(bank) = record else { unreachable!("only the connection is written") };
            self.0 = Some((**bank).clone());
        }
        Ok(done)
    }

    fn bank(&self) -> &Bank {
        self.0.as_ref().unwrap()
    }

    fn take(&mut self, second: i64) -> Taken {
        self.run(second, &TakeBank { user: user("asha"), bank: id(), is_asked: false }).unwrap()
    }

    fn hears(&mut self, second: i64, hint: Hint) -> Heard {
        self.run(second, &HearOfBank { user: user("asha"), bank: id(), hint }).unwrap()
    }

    fn due(&self) -> Option<i64> {
        self.bank().due_at.map(|due| due.as_second() - NOW)
    }

    fn record(&mut self, second: i64, told: Told) -> Option<Bank> {
        self.run(second, &RecordBank { user: user("asha"), bank: id(), told }).unwrap()
    }

    fn active() -> Self {
        let mut world = Self(None);
        world.run(0, &link()).unwrap();
        world.run(10, &back(Grant::Given(sealed("code")))).unwrap();
        assert!(matches!(world.take(11), Taken::Exchange(_)));
        world.record(12, Told::Exchanged { tokens: sealed("tokens"), agreement: None });
        assert!(matches!(world.take(13), Taken::Read(_)));
        world.record(14, Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None });
        assert!(matches!(world.take(14), Taken::Tell(_)), "the chat that it was connected from waits for it");
        world.record(14, Told::Said);
        assert!(matches!(world.take(74), Taken::Read(_)), "soon again: a history may be on its way");
        world.record(74, Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None });
        world
    }
}

#[test]
fn a_bank_is_connected_by_one_link_and_read_from_then_on() {
    let mut world = World::active();
    assert_eq!((world.bank().status, world.bank().grant.clone(), world.bank().link), (BankStatus::Active, None, None));
    assert!(world.bank().is_shown());
    assert_eq!(world.take(75), Taken::Nothing, "it is not due");
    assert!(matches!(world.take(74 + 6 * 3600), Taken::Read(_)));
    assert_eq!(world.run(80, &link()), Err(CannotLink::Connected));
}

#[test]
fn a_chat_is_told_once_there_are_accounts_to_tell_of() {
    let mut world = World(None);
    world.run(0, &link()).unwrap();
    world.run(10, &back(Grant::Given(sealed("code")))).unwrap();
    world.take(11);
    world.record(12, Told::Exchanged { tokens: sealed("tokens"), agreement: None });
    let read = |has_accounts| Told::Read {
        tokens: sealed("tokens"),
        view: sealed("accounts"),
        has_accounts,
        more_in: Some(SignedDuration::from_secs(5)),
    };
    assert!(matches!(world.take(13), Taken::Read(_)));
    world.record(13, read(false));
    assert_eq!(world.take(17), Taken::Nothing);
    assert!(matches!(world.take(18), Taken::Read(_)), "the banks have their time");
    world.record(18, read(true));
    assert!(matches!(world.take(18), Taken::Tell(_)));
}

#[test]
fn a_link_is_good_once_for_who_it_was_made_for_and_not_for_long() {
    let mut world = World(None);
    world.run(0, &link()).unwrap();
    let other = RecordReturn { link: [8; 16], ..back(Grant::Given(sealed("code"))) };
    assert_eq!(world.run(1, &other).unwrap(), Returned::Void, "a secret that is not the link's");
    let late = world.run(600, &back(Grant::Given(sealed("code"))));
    assert_eq!(late.unwrap(), Returned::Void);
    assert!(matches!(world.run(599, &back(Grant::Given(sealed("code")))).unwrap(), Returned::Granted(_)));
    assert_eq!(world.run(599, &back(Grant::Given(sealed("other")))).unwrap(), Returned::Void, "it was used");
    assert_eq!(world.bank().grant, Some(sealed("code")));
}

#[test]
fn a_link_that_nobody_came_back_from_is_cleared_away() {
    let mut world = World(None);
    world.run(0, &link()).unwrap();
    assert_eq!(world.take(599), Taken::Nothing);
    assert!(matches!(world.take(600), Taken::Ask(_)));
    world.record(601, Told::Undecided { may_be_heard: false });
    assert_eq!((world.bank().status, world.bank().trouble), (BankStatus::Failed, Some(BankTrouble::LinkExpired)));
    assert_eq!((world.bank().grant.clone(), world.bank().due_at), (None, None));
    assert!(world.run(700, &link()).is_ok(), "and another may be made");
}

/// F14: approved after the link's time, and heard of by a notification, on their return, or by asking.
#[test]
fn f14_a_decision_after_the_links_time_is_not_lost() {
    let expired = || {
        let mut world = World(None);
        world.run(0, &link()).unwrap();
        assert!(matches!(world.take(600), Taken::Ask(_)));
        world
    };
    let mut asked = expired();
    assert_eq!(asked.record(601, Told::Exchanged { tokens: sealed("tokens"), agreement: None }).unwrap().status, BankStatus::Active);
    let undecided = || {
        let mut world = expired();
        let bank = world.record(601, Told::Undecided { may_be_heard: true }).unwrap();
        assert_eq!((bank.status, bank.trouble, bank.due_at), (BankStatus::Failed, Some(BankTrouble::LinkExpired), None));
        world
    };
    let mut heard = undecided();
    assert_eq!(heard.hears(720, Hint::Decided), Heard::Due);
    assert!(matches!(heard.take(720), Taken::Exchange(_)));
    let mut returned = undecided();
    assert!(matches!(returned.run(720, &back(Grant::Given(sealed("code")))).unwrap(), Returned::Granted(_)));
    let mut another = undecided();
    assert!(another.run(720, &link()).is_ok(), "or they begin anew");
    let mut down = expired();
    down.record(601, Told::Lost(Lost::ForNow));
    assert!(matches!(down.take(640), Taken::Ask(_)), "who cannot be asked is asked again");
}

#[test]
fn whoever_declines_at_their_bank_has_given_nothing() {
    let mut world = World(None);
    world.run(0, &link()).unwrap();
    assert!(matches!(world.run(5, &back(Grant::Declined)).unwrap(), Returned::Declined(_)));
    assert_eq!((world.bank().status, world.bank().grant.clone()), (BankStatus::Failed, None));
    assert!(matches!(world.take(6), Taken::Tell(_)), "their chat is told");
    world.record(7, Told::Said);
    assert_eq!((world.bank().tell, world.bank().due_at), (None, None));
}

#[test]
fn one_worker_is_at_a_connection_and_a_dead_one_is_followed_by_another() {
    let mut world = World(None);
    world.run(0, &link()).unwrap();
    world.run(10, &back(Grant::Given(sealed("code")))).unwrap();
    assert!(matches!(world.take(11), Taken::Exchange(_)));
    assert_eq!(world.take(12), Taken::Busy);
    assert!(matches!(world.take(71), Taken::Exchange(_)));
}

#[test]
fn a_bank_that_does_not_answer_is_asked_more_and_more_seldom() {
    let mut world = World::active();
    let mut due = world.bank().due_at.unwrap();
    let mut pauses = Vec::new();
    for _ in 0..12 {
        let now = due.as_second() - NOW;
        assert!(matches!(world.take(now), Taken::Read(_)));
        let bank = world.record(now, Told::Lost(Lost::ForNow)).unwrap();
        assert_eq!((bank.status, bank.trouble, bank.view.is_some()), (BankStatus::Active, Some(BankTrouble::BankDown), true));
        pauses.push(bank.due_at.unwrap().as_second() - due.as_second());
        due = bank.due_at.unwrap();
    }
    assert_eq!(pauses[..4], [30, 60, 120, 240]);
    assert_eq!(pauses[11], 6 * 3600);
}

#[test]
fn a_bank_that_names_a_time_is_not_asked_before_it() {
    let mut world = World::active();
    let due = world.bank().due_at.unwrap();
    let now = due.as_second() - NOW;
    world.take(now);
    let bank = world.record(now, Told::Lost(Lost::NotBefore(SignedDuration::from_mins(10)))).unwrap();
    assert_eq!(bank.due_at.unwrap().duration_since(due), SignedDuration::from_mins(10));
    world.take(now + 600);
    let bank = world.record(now + 600, Told::Lost(Lost::NotBefore(SignedDuration::from_secs(1)))).unwrap();
    assert_eq!(bank.due_at.unwrap().as_second() - NOW, now + 660, "nor sooner than it would be anyway");
}

#[test]
fn a_consent_that_ended_keeps_nothing_from_being_connected_again() {
    let mut world = World::active();
    world.take(74 + 6 * 3600);
    let bank = world.record(75 + 6 * 3600, Told::Lost(Lost::Until(BankTrouble::SignIn))).unwrap();
    assert_eq!((bank.status, bank.trouble), (BankStatus::Interrupted, Some(BankTrouble::SignIn)));
    assert!(bank.is_shown(), "with the time at which it was read");
    assert!(world.run(76 + 6 * 3600, &link()).is_ok());
}

#[test]
fn who_revokes_is_shown_nothing_more_and_what_is_read_afterwards_is_dropped() {
    let mut world = World::active();
    world.take(74 + 6 * 3600);
    let bank = world.run(80 + 6 * 3600, &RevokeBank { user: user("asha"), bank: id() }).unwrap();
    assert_eq!((bank.status, bank.view.clone(), bank.is_shown()), (BankStatus::Revoking, None, false));
    let read = Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None };
    assert_eq!(world.record(81 + 6 * 3600, read), None);
    assert!(world.bank().view.is_none());
    assert!(matches!(world.take(82 + 6 * 3600), Taken::Revoke(_)));
    let bank = world.record(83 + 6 * 3600, Told::Revoked).unwrap();
    assert_eq!((bank.status, bank.tokens.clone(), bank.due_at), (BankStatus::Revoked, None, None));
}

/// Else the bank goes on giving what nobody reads, and nobody can tell it to stop.
#[test]
fn a_bank_is_told_of_a_connection_that_ended_while_its_tokens_came() {
    let granted = || {
        let mut world = World(None);
        world.run(0, &link()).unwrap();
        world.run(10, &back(Grant::Given(sealed("code")))).unwrap();
        assert!(matches!(world.take(11), Taken::Exchange(_)));
        assert_eq!(world.run(12, &RevokeBank { user: user("asha"), bank: id() }).unwrap().status, BankStatus::Revoked);
        world
    };
    let mut world = granted();
    assert_eq!(world.run(13, &link()), Err(CannotLink::Ending), "until it is known what the bank gave");
    let bank = world.record(14, Told::Exchanged { tokens: sealed("tokens"), agreement: None }).unwrap();
    assert_eq!((bank.status, bank.is_shown()), (BankStatus::Revoking, false));
    assert!(matches!(world.take(15), Taken::Revoke(bank) if bank.tokens == Some(sealed("tokens"))));
    assert_eq!(world.record(16, Told::Revoked).unwrap().status, BankStatus::Revoked);
    assert!(world.run(17, &link()).is_ok());
    let mut died = granted();
    assert!(died.run(600, &link()).is_ok(), "whoever was at it died");
}

#[test]
fn tokens_that_are_renewed_while_it_ends_are_those_to_end_it_with() {
    let mut world = World::active();
    world.take(74 + 6 * 3600);
    world.run(80 + 6 * 3600, &RevokeBank { user: user("asha"), bank: id() }).unwrap();
    assert_eq!(world.record(81 + 6 * 3600, Told::Renewed { tokens: sealed("new") }), None, "and nothing is read with them");
    assert_eq!((world.bank().status, world.bank().tokens.clone()), (BankStatus::Revoking, Some(sealed("new"))));
}

#[test]
fn f20_what_has_ended_in_its_keepers_word_is_read_no_further() {
    for interrupted in [false, true] {
        let mut world = World::active();
        world.take(74 + 6 * 3600);
        if interrupted {
            world.record(75 + 6 * 3600, Told::Lost(Lost::Until(BankTrouble::SignIn)));
        }
        assert_eq!(world.hears(76 + 6 * 3600, Hint::Ended(BankTrouble::WithdrawnThere)), Heard::Ended);
        let bank = world.bank();
        assert_eq!((bank.status, bank.trouble, bank.is_shown()), (BankStatus::Revoked, Some(BankTrouble::WithdrawnThere), false));
        assert_eq!((&bank.tokens, &bank.view), (&None, &None));
        let read = Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None };
        assert_eq!(world.record(77 + 6 * 3600, read), None, "what is being read is dropped");
        assert!(matches!(world.take(78 + 6 * 3600), Taken::Tell(_)), "and its owner hears of it");
        assert_eq!(world.hears(79 + 6 * 3600, Hint::Ended(BankTrouble::WithdrawnThere)), Heard::Nothing);
    }
}

#[test]
fn new_tokens_are_kept_while_the_step_that_they_are_for_goes_on() {
    let mut world = World::active();
    world.take(74 + 6 * 3600);
    world.record(75 + 6 * 3600, Told::Renewed { tokens: sealed("new") });
    assert_eq!(world.bank().tokens, Some(sealed("new")));
    assert_eq!(world.take(76 + 6 * 3600), Taken::Busy);
}

#[test]
fn a_bank_that_no_longer_knows_the_consent_is_as_good_as_told() {
    let mut world = World::active();
    world.run(80, &RevokeBank { user: user("asha"), bank: id() }).unwrap();
    assert!(matches!(world.take(81), Taken::Revoke(_)));
    let bank = world.record(82, Told::Lost(Lost::ForNow)).unwrap();
    assert_eq!(bank.status, BankStatus::Revoking, "a bank that is down is asked again");
    assert!(matches!(world.take(120), Taken::Revoke(_)));
    let bank = world.record(121, Told::Lost(Lost::ForGood(BankTrouble::WithdrawnThere))).unwrap();
    assert_eq!((bank.status, bank.tokens), (BankStatus::Revoked, None));
}

#[test]
fn f1_news_told_ten_times_make_a_connection_due_once_and_then_once_a_minute() {
    let mut world = World::active();
    assert_eq!(world.hears(1_000, Hint::News), Heard::Due);
    assert!(world.bank().is_due_as_written());
    assert!((0..9).all(|_| world.hears(1_000, Hint::News) == Heard::AlreadyDue));
    assert!(matches!(world.take(1_001), Taken::Read(_)));
    world.record(1_002, read());
    assert_eq!(world.hears(1_003, Hint::News), Heard::Due);
    assert_eq!(world.due(), Some(1_062), "what comes so soon after a reading waits for the next, and is not lost");
    assert!((0..9).all(|_| world.hears(1_004, Hint::News) == Heard::AlreadyDue));
    assert_eq!(world.hears(1_005, Hint::Access), Heard::Due);
    assert_eq!(world.due(), Some(1_005), "whether it may be read at all does not wait");
}

fn read() -> Told {
    Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None }
}

#[test]
fn what_is_told_while_a_worker_reads_is_looked_at_after_it() {
    let mut world = World::active();
    world.hears(1_000, Hint::News);
    assert!(matches!(world.take(1_001), Taken::Read(_)));
    assert_eq!((world.hears(1_002, Hint::Access), world.hears(1_002, Hint::Access)), (Heard::Due, Heard::AlreadyDue));
    assert_eq!(world.take(1_003), Taken::Busy);
    world.record(1_004, read());
    assert_eq!(world.due(), Some(1_002), "not in six hours");
    assert!(matches!(world.take(1_005), Taken::Read(_)));
    world.record(1_006, read());
    assert_eq!(world.due(), Some(1_006 + 6 * 3600), "once");
}

/// F21: the clock of whoever hears it is five minutes behind the worker's.
#[test]
fn f21_what_is_told_by_a_clock_that_is_behind_is_looked_at_all_the_same() {
    let mut world = World::active();
    world.hears(1_000, Hint::News);
    assert!(matches!(world.take(1_300), Taken::Read(_)));
    assert_eq!(world.hears(1_001, Hint::Access), Heard::Due);
    world.record(1_304, read());
    assert!(matches!(world.take(1_305), Taken::Read(_)));
}

#[test]
fn a_decision_that_is_told_before_its_user_is_back_counts_and_their_way_back_still_does() {
    let mut world = World(None);
    world.run(0, &link()).unwrap();
    assert_eq!((world.hears(5, Hint::News), world.hears(5, Hint::Access)), (Heard::Nothing, Heard::Nothing));
    assert_eq!(world.hears(5, Hint::Decided), Heard::Due);
    assert!(matches!(world.take(6), Taken::Exchange(_)));
    assert!(matches!(world.run(7, &back(Grant::Given(sealed("code")))).unwrap(), Returned::Granted(_)));
    assert_eq!(world.bank().grant, Some(sealed("verifier")), "nothing that they bring takes its place");
    let other = RecordReturn { link: [8; 16], ..back(Grant::Given(sealed("code"))) };
    assert_eq!(world.run(7, &other).unwrap(), Returned::Void);
    world.record(8, Told::Lost(Lost::Until(BankTrouble::Declined)));
    assert!(matches!(world.run(9, &back(Grant::Given(sealed("code")))).unwrap(), Returned::Declined(_)));
}

/// F5: long after it was over.
#[test]
fn f5_what_is_told_of_a_connection_that_ended_changes_nothing() {
    let mut late = World(None);
    assert_eq!(late.hears(0, Hint::Access), Heard::Nothing);
    late.run(0, &link()).unwrap();
    assert_eq!(late.hears(600, Hint::Decided), Heard::Nothing, "the link is too old");
    let mut ended = World::active();
    ended.run(80, &RevokeBank { user: user("asha"), bank: id() }).unwrap();
    for hint in [Hint::Decided, Hint::News, Hint::Access, Hint::Mended] {
        assert_eq!(ended.hears(86_400, hint), Heard::Nothing);
    }
    assert_eq!(ended.bank().status, BankStatus::Revoking);
}

#[test]
fn a_paused_consent_is_asked_of_now_and_then_and_goes_on_when_it_is_told() {
    let mut world = World::active();
    world.hears(1_000, Hint::Access);
    world.take(1_000);
    let bank = world.record(1_001, Told::Lost(Lost::Paused)).unwrap();
    assert_eq!((bank.status, bank.trouble, bank.failures), (BankStatus::Active, Some(BankTrouble::Paused), 0));
    assert_eq!(world.due(), Some(1_001 + 6 * 3600));
    assert_eq!((world.hears(1_010, Hint::Decided), world.due()), (Heard::Due, Some(1_010)));
    world.take(1_010);
    assert_eq!(world.record(1_011, read()).unwrap().trouble, None);
}

#[test]
fn whom_a_connection_waits_for_is_reminded_every_week_for_two_months() {
    const WEEK: i64 = 7 * 86_400;
    let mut world = World::active();
    world.take(74 + 6 * 3600);
    let mut now = 75 + 6 * 3600;
    world.record(now, Told::Lost(Lost::Until(BankTrouble::SignIn)));
    let mut told = 0;
    while world.due().is_some() {
        assert!(matches!(world.take(now), Taken::Tell(_)));
        world.record(now, Told::Said);
        (told, now) = (told + 1, now + WEEK);
        assert!(world.due().is_none_or(|due| due == now));
    }
    assert_eq!(told, 9);
    assert_eq!(world.hears(now, Hint::News), Heard::Nothing, "news mend nothing");
    assert_eq!(world.hears(now, Hint::Mended), Heard::Due);
    assert!(matches!(world.take(now), Taken::Read(_)));
}
