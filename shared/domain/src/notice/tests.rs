//! The workflow behind one call to notify, as specifications.

mod digests;
mod holding;
mod ladders;
mod rates;
mod tallies;
mod wishes;
mod words;

use super::{
    delivery::{Reason, Skip, Status, Word},
    devices::{AddDevice, PushAddress, PushKind},
    email::EmailAddress,
    hours::{Hours, Zone},
    preferences::{SetEmail, SetPreferences, Settings, StopChannel, VerifyEmail},
    suppression::{AddressHash, AddressWord, RecordAddress},
    *,
};
use crate::{
    engine::Answer,
    id::AccountId,
    rules::NoticeRules,
    testing::{World, user},
    work::{Work, work_of},
};

/// Asha, in a world at half past eleven in the morning of India.
struct Asha {
    world: World,
    told: Allowance,
    /// Without a provider.
    closed: Vec<Channel>,
}

fn rules() -> NoticeRules {
    NoticeRules::default()
}

fn phone() -> AddressHash {
    AddressHash::new("phone")
}

fn email() -> AddressHash {
    AddressHash::new("email")
}

/// A payment came in: normal, about money, news for a week.
fn payment(event: &str) -> OpenNotice {
    OpenNotice {
        user: user("asha"),
        event: event.to_owned(),
        template: Template { name: "payment.captured".to_owned(), version: 1 },
        values: Values::new(r#"{"amount":10000}"#.to_owned()).unwrap(),
        priority: Priority::Normal,
        category: Category::Money,
        seq: None,
        only: None,
        expires_at: "2026-11-28T06:00:00Z".parse().unwrap(),
        rules: rules(),
    }
}

fn fraud(event: &str) -> OpenNotice {
    OpenNotice { priority: Priority::Critical, category: Category::Security, ..payment(event) }
}

fn minor(event: &str) -> OpenNotice {
    OpenNotice { priority: Priority::Low, ..payment(event) }
}

fn offer(event: &str) -> OpenNotice {
    OpenNotice { category: Category::Offer, ..payment(event) }
}

impl Asha {
    /// With a device, a phone and a verified e-mail address.
    fn reachable() -> Self {
        let mut asha = Self::with_phone();
        asha.add_device();
        let address = EmailAddress::parse("asha@example.in").unwrap();
        asha.world.run(&SetEmail { user: user("asha"), email: Some((address, email())) }).unwrap();
        asha.world.run(&VerifyEmail { user: user("asha"), hash: email() }).unwrap();
        asha
    }

    /// With a phone and nothing else.
    fn with_phone() -> Self {
        Self { world: World::with(&[("asha", 10_000)]), told: Allowance::default(), closed: Vec::new() }
    }

    fn add_device(&mut self) {
        let address = PushAddress::new(PushKind::FcmToken, "token", None).unwrap();
        let add = AddDevice { user: user("asha"), address, name: None, taken_from: None, rules: rules() };
        self.world.run(&add).unwrap();
    }

    fn at(mut self, at: &str) -> Self {
        self.world.now = at.parse().unwrap();
        self
    }

    fn set(&mut self, settings: Settings) {
        self.world
            .run(&SetPreferences {
                user: user("asha"),
                settings,
                offers_notice: crate::consent::Shown { version: 1, lang: "en".to_owned(), sha256: [0; 32] },
                request_id: "req".to_owned(),
            })
            .unwrap();
    }

    fn stop(&mut self, channel: Channel) {
        let at = self.world.now;
        self.world.run(&StopChannel { user: user("asha"), channel, stopped: true, at }).unwrap();
    }

    fn suppress(&mut self, channel: Channel, word: AddressWord) {
        let address = if channel == Channel::Email { email() } else { phone() };
        let at = self.world.now;
        self.world.run(&RecordAddress { channel, address, word, at, rules: rules() }).unwrap();
    }

    #[track_caller]
    fn open(&mut self, open: &OpenNotice) -> NoticeId {
        let Answer { value, replayed } = self.world.run(open).unwrap();
        assert!(!replayed);
        value.id
    }

    #[track_caller]
    fn notice(&self, id: NoticeId) -> Notice {
        match self.world.record(&Key::notice(user("asha"), id)) {
            Some(Record::Notice(notice)) => notice.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn stage(&self, id: NoticeId) -> Stage {
        self.notice(id).stage
    }

    #[track_caller]
    fn ended(&self, id: NoticeId) -> Ended {
        match self.stage(id) {
            Stage::Done { why } => why,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn climb(&mut self, id: NoticeId) -> Climbed {
        let email = match self.world.record(&Key::Preferences(user("asha"))) {
            Some(Record::Preferences(preferences)) => preferences.email.as_ref().map(|email| email.hash.clone()),
            _ => None,
        };
        let (told, closed) = (self.told.clone(), self.closed.clone());
        self.world.run(&Climb { user: user("asha"), notice: id, phone: Some(phone()), email, told, closed, rules: rules() }).unwrap()
    }

    /// Climbs, and says which channel is to be tried.
    #[track_caller]
    fn tries(&mut self, id: NoticeId) -> Channel {
        match self.climb(id) {
            Climbed::Try { channel, .. } => channel,
            other => panic!("{other:?}"),
        }
    }

    /// Climbs, and says until when nothing is to be done; then it is that time.
    #[track_caller]
    fn waits(&mut self, id: NoticeId) -> i64 {
        match self.climb(id) {
            Climbed::Wait { until } => {
                let seconds = until.duration_since(self.world.now).as_secs();
                self.world.now = until;
                seconds
            }
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn outcome(&mut self, id: NoticeId, channel: Channel, outcome: Outcome) -> Recorded {
        let attempt = self.notice(id).delivery(channel).unwrap().attempts;
        self.world.run(&RecordOutcome { user: user("asha"), notice: id, channel, attempt, outcome, rules: rules() }).unwrap()
    }

    fn sent(&mut self, id: NoticeId, channel: Channel) {
        self.outcome(id, channel, Outcome::Sent { provider: "p".to_owned(), provider_id: Some(format!("{id}-{}", channel.code())) });
    }

    fn refused(&mut self, id: NoticeId, channel: Channel) {
        self.outcome(id, channel, not_sent(false, None));
    }

    fn busy(&mut self, id: NoticeId, channel: Channel, after_s: Option<i64>) {
        self.outcome(id, channel, not_sent(true, after_s));
    }

    fn word(&mut self, id: NoticeId, channel: Channel, word: Word) -> Recorded {
        let at = self.world.now;
        self.world.run(&RecordWord { user: user("asha"), notice: id, channel, word, at, rules: rules() }).unwrap()
    }

    /// Whether the row as it was written asks for a climb now.
    fn asks_for_work(&self, id: NoticeId) -> bool {
        work_of(&Record::Notice(self.notice(id))) == [Work::ClimbNotice { notice: id, user: user("asha") }]
    }

    fn statuses(&self, id: NoticeId) -> Vec<(Channel, &'static str)> {
        self.notice(id).deliveries.iter().map(|delivery| (delivery.channel, delivery.status.code())).collect()
    }
}

fn not_sent(retryable: bool, after_s: Option<i64>) -> Outcome {
    Outcome::NotSent { provider: "p".to_owned(), reason: Reason::new("131026"), retryable, after_s }
}

fn failed() -> Word {
    Word::Failed(Reason::new("131026"))
}

fn utc(text: &str) -> Timestamp {
    text.parse().unwrap()
}
