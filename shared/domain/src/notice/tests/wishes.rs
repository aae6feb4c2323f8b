//! What the user wants, as it is when a channel is about to be tried. F46.

use super::*;
use Channel::{Email, Push, Sms, Whatsapp};

fn off(pairs: &[(Category, Channel)]) -> Settings {
    Settings { off: pairs.iter().copied().collect(), ..Settings::default() }
}

#[test]
fn a_category_is_switched_off_for_a_channel_and_for_no_other() {
    let mut asha = Asha::reachable();
    asha.set(off(&[(Category::Money, Push), (Category::Account, Whatsapp)]));
    let (money, account) = (asha.open(&payment("a")), asha.open(&OpenNotice { category: Category::Account, ..payment("b") }));
    assert_eq!((asha.tries(money), asha.tries(account)), (Whatsapp, Push));
    assert_eq!(asha.statuses(money)[0], (Push, "skipped"));
}

#[test]
fn what_is_switched_off_between_opening_and_sending_is_not_sent() {
    let mut asha = Asha::reachable();
    let id = asha.open(&payment("e"));
    asha.set(off(&Channel::ALL.iter().map(|channel| (Category::Money, *channel)).collect::<Vec<_>>()));
    assert!(matches!(asha.climb(id), Climbed::Ended(_)));
    assert_eq!(asha.ended(id), Ended::SwitchedOff);
}

#[test]
fn a_channel_that_is_stopped_between_two_tries_is_not_tried_again() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    assert_eq!(asha.tries(id), Whatsapp);
    asha.busy(id, Whatsapp, None);
    asha.stop(Whatsapp);
    asha.waits(id);
    assert_eq!(asha.tries(id), Sms);
    assert_eq!(asha.statuses(id), [(Push, "skipped"), (Whatsapp, "failed"), (Sms, "queued")]);
}

#[test]
fn the_law_and_security_are_told_all_the_same_and_by_a_stopped_channel_last() {
    for category in [Category::Legal, Category::Security] {
        let mut asha = Asha::reachable();
        asha.set(off(&Channel::ALL.iter().map(|channel| (category, *channel)).collect::<Vec<_>>()));
        asha.stop(Push);
        asha.stop(Whatsapp);
        let id = asha.open(&OpenNotice { category, priority: Priority::Low, ..payment("e") });
        for channel in [Sms, Email, Push, Whatsapp] {
            assert_eq!(asha.tries(id), channel);
            asha.refused(id, channel);
        }
        asha.climb(id);
        assert_eq!(asha.ended(id), Ended::Exhausted);
    }
}

#[test]
fn an_address_that_bounced_is_passed_over_by_its_channel_alone() {
    let mut asha = Asha::with_phone();
    asha.suppress(Whatsapp, AddressWord::Bounced);
    let id = asha.open(&fraud("e"));
    assert_eq!(asha.tries(id), Sms, "a phone without WhatsApp");
    asha.refused(id, Sms);
    asha.climb(id);
    assert_eq!(asha.statuses(id), [(Push, "skipped"), (Whatsapp, "skipped"), (Sms, "failed"), (Email, "skipped")]);
}

#[test]
fn a_channel_that_there_is_no_provider_for_is_passed_over() {
    let mut asha = Asha::reachable();
    asha.closed = vec![Push, Sms];
    let id = asha.open(&payment("e"));
    assert_eq!(asha.tries(id), Whatsapp);
    asha.refused(id, Whatsapp);
    assert_eq!(asha.tries(id), Email);
    assert_eq!(asha.notice(id).delivery(Sms).unwrap().status, Status::Skipped(Skip::NotConfigured));
}

#[test]
fn a_complaint_ends_insights_and_not_what_belongs_to_the_account() {
    let mut asha = Asha::reachable();
    asha.suppress(Email, AddressWord::Complained);
    for channel in [Push, Whatsapp, Sms] {
        asha.stop(channel);
    }
    let (insight, money) = (asha.open(&OpenNotice { category: Category::Insight, ..payment("a") }), asha.open(&payment("b")));
    asha.climb(insight);
    assert_eq!((asha.ended(insight), asha.tries(money)), (Ended::SwitchedOff, Email));
}

#[test]
fn an_email_address_is_used_once_it_is_verified_and_only_as_it_was_looked_up() {
    let mut asha = Asha::with_phone();
    let address = EmailAddress::parse("asha@example.in").unwrap();
    asha.world.run(&SetEmail { user: user("asha"), email: Some((address.clone(), email())) }).unwrap();
    for channel in [Whatsapp, Sms] {
        asha.stop(channel);
    }
    let unverified = asha.open(&payment("a"));
    asha.climb(unverified);
    assert_eq!(asha.ended(unverified), Ended::SwitchedOff);
    asha.world.run(&VerifyEmail { user: user("asha"), hash: email() }).unwrap();
    let id = asha.open(&payment("b"));
    let stale =
        Climb { user: user("asha"), notice: id, phone: None, email: None, told: Allowance::default(), closed: vec![], rules: rules() };
    assert_eq!(asha.world.run(&stale), Err(CannotClimb::AddressChanged));
    assert!(matches!(asha.climb(id), Climbed::Try { channel: Email, target: Target::Email(to), .. } if to == address));
}
