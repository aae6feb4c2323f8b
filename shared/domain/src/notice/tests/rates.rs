//! How often a user is told something.

use super::*;

impl Asha {
    fn told(&mut self, channel: Channel, hour: u32, day: u32) {
        let spent = |count, resets_at: &str| Spent { count, resets_at: utc(resets_at) };
        self.told.0.insert(channel, (spent(hour, "2026-11-21T07:00:00Z"), spent(day, "2026-11-22T00:00:00Z")));
    }
}

#[test]
fn who_was_told_enough_this_hour_or_day_is_told_in_the_next_and_nothing_is_lost() {
    let limit = rules().push_rate;
    for (hour, day, wait) in [(limit.hour, 0, 3_600), (0, limit.day, 18 * 3_600), (limit.hour, limit.day, 18 * 3_600)] {
        let mut asha = Asha::reachable();
        asha.set(Settings { quiet: Hours::new(0, 0), ..Settings::default() });
        let id = asha.open(&payment("e"));
        asha.told(Channel::Push, hour, day);
        assert_eq!(asha.waits(id), wait);
        assert!(matches!(asha.stage(id), Stage::Held { why: HeldFor::Rate, .. }));
        assert!(asha.notice(id).deliveries.is_empty(), "it does not go by a dearer channel instead");
        assert_eq!(asha.tries(id), Channel::Push, "these counters are those of a window that has passed");
    }
}

#[test]
fn one_less_than_the_limit_goes_and_fraud_goes_always() {
    let mut asha = Asha::reachable();
    let limit = rules().push_rate;
    asha.told(Channel::Push, limit.hour - 1, limit.day - 1);
    let id = asha.open(&payment("a"));
    assert_eq!(asha.tries(id), Channel::Push);
    asha.told(Channel::Push, limit.hour, limit.day);
    let id = asha.open(&fraud("b"));
    assert_eq!(asha.tries(id), Channel::Push);
}

#[test]
fn each_channel_has_a_limit_of_its_own() {
    let mut asha = Asha::with_phone();
    asha.told(Channel::Push, 1_000, 1_000);
    asha.told(Channel::Sms, 1_000, 1_000);
    let id = asha.open(&payment("a"));
    assert_eq!(asha.tries(id), Channel::Whatsapp);
}
