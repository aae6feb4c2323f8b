//! A phone that talks to the assistant: what it writes comes in by the providers' webhooks, signed, and what
//! it is answered is what the providers were given.

use crate::{
    messages::{by_meta, by_twilio},
    world::*,
};
use domain::{
    account::OpenAccount,
    address::{AccountNumber, Address, Ifsc, PayeeName, Vpa},
    fact::{Fact, FactKind},
    id::{AccountId, Fingerprint},
    identity::{Phone, Role, User},
    money::Amount,
    payee::{AddPayee, JudgePayee, Verdict},
    request::Keyed,
    transfer::OpenTransfer,
};
use functions::{clock::Clock, queues, table::Queue};
use lambda::{Failed, Message};
use serde_json::{Value, json};

pub const ASHA: &str = "+919812340001";
pub const BALA: &str = "+919812340002";
/// What each of them has: INR 50,000.
pub const FUNDS: i64 = 5_000_000;

pub struct Talk {
    pub world: World,
    later_ms: i64,
    messages: u32,
    /// What was sent to other queues than the chats', and waits there.
    waiting: Vec<(Queue, String)>,
    /// What was delivered last, to be delivered again.
    last: Option<(bool, String)>,
    /// Of each phone, how much of its inbox was read.
    read: std::collections::HashMap<String, usize>,
    /// The buttons that confirm, as Asha was shown them, the newest last.
    pub questions: Vec<(String, String)>,
    pub profile_name: String,
}

/// What somebody was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    pub text: String,
    pub choices: Vec<(String, String)>,
}

impl Talk {
    /// Asha and Bala, with money and payees.
    pub async fn new() -> Self {
        let world = World::new(|_| {}).await;
        for (name, phone) in [("asha", ASHA), ("bala", BALA)] {
            let phone = Phone::parse(phone).unwrap();
            let hash = world.deps.pepper().await.unwrap().phone_hash(&phone);
            let added = User { id: user(name), phone, role: Role::Worker, created_at: world.now() };
            world.deps.store.add_user(&added, &hash).await.unwrap();
        }
        world.run(&OpenAccount { owner: user("bala"), request_id: "open".to_owned() }).await;
        world.earned("funds", 2 * FUNDS).await;
        let mut talk = Self {
            world,
            later_ms: 0,
            messages: 0,
            waiting: Vec::new(),
            last: None,
            read: std::collections::HashMap::new(),
            questions: Vec::new(),
            profile_name: "Asha".to_owned(),
        };
        talk.transfer("asha", "bala", FUNDS, None).await;
        for (owner, name, address) in [
            ("asha", "Ravi", vpa("ravi@okbank")),
            ("asha", "Landlord", bank("HDFC0001234", "12345678901")),
            ("bala", "Meena", vpa("meena@okbank")),
        ] {
            talk.payee(owner, name, address).await;
        }
        for phone in [ASHA, BALA] {
            // Who has written to us may be answered.
            talk.world.control(&format!("/phones/{phone}/whatsapp"), json!({ "text": "hi" })).await;
            talk.world.control(&format!("/phones/{phone}/twilio"), json!({ "text": "hi" })).await;
        }
        talk
    }

    pub async fn payee(&self, owner: &str, name: &str, address: Address) {
        let added = self.world.run(&AddPayee { owner: user(owner), address, name: PayeeName::parse(name).unwrap() }).await;
        self.world.run(&JudgePayee { payee: added.value.id, verdict: Verdict::Valid { registered_name: None } }).await;
    }

    pub async fn transfer(&mut self, from: &str, to: &str, minor: i64, note: Option<&str>) {
        self.messages += 1;
        let key = format!("given {}", self.messages);
        let asked = Keyed::new(user(from), &key, &key, key.clone());
        let (to, note, rules) = (user(to), note.map(str::to_owned), self.world.deps.rules.clone());
        self.world.run(&OpenTransfer { asked, to, amount: Amount::new(minor).unwrap(), note, hold_s: None, rules }).await;
    }

    /// What left somebody's wallet, of their own doing: each movement's amount.
    pub async fn moved(&self, name: &str) -> Vec<i64> {
        let account = AccountId::wallet_of(user(name));
        let left = |fact: &Fact| matches!(fact.kind, FactKind::TransferSent | FactKind::TransferHeld | FactKind::PayoutOpened);
        let page = self.world.deps.store.facts_before(account, u64::MAX / 2, 100, left).await.unwrap();
        page.facts.iter().rev().map(|fact| fact.detail.amount.unwrap_or_default()).collect()
    }

    pub fn wait(&mut self, seconds: i64) {
        self.later_ms += seconds * 1_000;
        self.world.deps.clock = Clock::Off { by_ms: self.later_ms };
    }

    fn second(&self) -> i64 {
        self.world.deps.clock.now().as_second()
    }

    /// A message by WhatsApp, with whatever members it has.
    pub async fn whatsapp(&mut self, phone: &str, message: Value) -> Vec<Said> {
        self.messages += 1;
        let mut whole = json!({ "id": format!("wamid.{}", self.messages), "from": &phone[1..], "timestamp": self.second().to_string() });
        whole.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
        let profile = json!([{ "wa_id": &phone[1..], "profile": { "name": self.profile_name } }]);
        let body = crate::messages::meta(&self.world, &json!({ "contacts": profile, "messages": [whole] }));
        self.deliver(true, body).await;
        self.answers(phone).await
    }

    pub async fn says(&mut self, text: &str) -> Vec<Said> {
        self.whatsapp(ASHA, json!({ "type": "text", "text": { "body": text } })).await
    }

    pub async fn presses(&mut self, phone: &str, id: &str) -> Vec<Said> {
        let reply = json!({ "type": "button_reply", "button_reply": { "id": id, "title": "Yes" } });
        self.whatsapp(phone, json!({ "type": "interactive", "interactive": reply })).await
    }

    /// The newest yes (or no), or the one that many questions before it.
    pub async fn taps(&mut self, phone: &str, yes: bool, before: usize) -> Vec<Said> {
        let Some(place) = self.questions.len().checked_sub(before + 1) else { return Vec::new() };
        let (yes_id, no_id) = self.questions[place].clone();
        self.presses(phone, if yes { &yes_id } else { &no_id }).await
    }

    /// By the other number, which is another chat.
    pub async fn twilio(&mut self, phone: &str, text: &str) -> Vec<Said> {
        self.messages += 1;
        let form: String = [
            ("MessageSid", format!("SM{:032x}", self.messages)),
            ("From", format!("whatsapp:{phone}")),
            ("To", format!("whatsapp:{}", self.world.config.messaging.twilio_number)),
            ("Body", text.to_owned()),
            ("MessageType", "text".to_owned()),
        ]
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect::<Vec<_>>()
        .join("&");
        self.deliver(false, form).await;
        self.answers(phone).await
    }

    /// The last message once more.
    pub async fn repeats(&mut self) -> Vec<Said> {
        if let Some((by_whatsapp, body)) = self.last.clone() {
            self.deliver(by_whatsapp, body).await;
        }
        self.answers(ASHA).await
    }

    async fn deliver(&mut self, by_whatsapp: bool, body: String) {
        let taken = match by_whatsapp {
            true => by_meta(&self.world, &body).await,
            false => by_twilio(&self.world, "/webhooks/twilio", "", &body).await,
        };
        assert_eq!(taken.unwrap().status, 200);
        self.last = Some((by_whatsapp, body));
        let sent: Vec<(Queue, String)> = std::mem::take(&mut *self.world.outbox.sent.lock().unwrap());
        for (queue, body) in sent {
            match queue {
                Queue::Chats => queues::chats::handle(&self.world.deps, Message::new("m", body)).await.unwrap(),
                other => self.waiting.push((other, body)),
            }
        }
        self.gather();
    }

    fn gather(&mut self) {
        self.waiting.extend(std::mem::take(&mut *self.world.outbox.sent.lock().unwrap()));
    }

    /// Works on all that waits in a queue, and on what comes there meanwhile.
    pub async fn works(&mut self, queue: Queue) {
        self.gather();
        while let Some(place) = self.waiting.iter().position(|(of, _)| *of == queue) {
            let body = self.waiting.remove(place).1;
            self.work_on(queue, &body).await.unwrap();
            self.gather();
        }
    }

    /// Works on a message that fails, and puts it back as its queue would.
    pub async fn fails_at(&mut self, queue: Queue) {
        self.gather();
        let place = self.waiting.iter().position(|(of, _)| *of == queue).unwrap();
        let body = self.waiting[place].1.clone();
        assert!(self.work_on(queue, &body).await.is_err());
    }

    async fn work_on(&self, queue: Queue, body: &str) -> Result<(), Failed> {
        let (deps, message) = (&self.world.deps, Message::new("m", body.to_owned()));
        match queue {
            Queue::Banks => queues::banks::handle(deps, message).await,
            Queue::Plans => queues::plans::handle(deps, message).await,
            Queue::Papers => queues::papers::handle(deps, message).await,
            Queue::Insights => queues::insights::handle(deps, message).await,
            Queue::Book => queues::book::handle(deps, message).await,
            Queue::Payouts => queues::payouts::handle(deps, message).await,
            other => panic!("nobody works on {} here", other.name()),
        }
    }

    /// What came to a phone since it was looked at last.
    pub async fn answers(&mut self, phone: &str) -> Vec<Said> {
        let inbox = self.world.look(&format!("/phones/{phone}/messages")).await;
        let items = inbox["items"].as_array().unwrap();
        let read = self.read.entry(phone.to_owned()).or_default();
        let new: Vec<Said> = items[*read..].iter().map(said).collect();
        *read = items.len();
        if phone == ASHA {
            let id = |said: &Said, kind: &str| said.choices.iter().find(|(id, _)| id.starts_with(kind)).map(|(id, _)| id.clone());
            self.questions.extend(new.iter().filter_map(|said| Some((id(said, "yes:")?, id(said, "no:")?))));
        }
        new
    }
}

fn said(item: &Value) -> Said {
    let action = &item["content"]["action"];
    let pair =
        |reply: &Value| (reply["id"].as_str().unwrap_or_default().to_owned(), reply["title"].as_str().unwrap_or_default().to_owned());
    let buttons = action["buttons"].as_array().into_iter().flatten().map(|button| pair(&button["reply"]));
    let rows = action["sections"][0]["rows"].as_array().into_iter().flatten().map(pair);
    let link = action["parameters"]["url"].as_str().map(|url| ("url".to_owned(), url.to_owned()));
    Said { text: item["text"].as_str().unwrap_or_default().to_owned(), choices: buttons.chain(rows).chain(link).collect() }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

pub fn vpa(text: &str) -> Address {
    Address::Vpa(Vpa::parse(text).unwrap())
}

pub fn bank(ifsc: &str, number: &str) -> Address {
    Address::Bank { ifsc: Ifsc::parse(ifsc).unwrap(), number: AccountNumber::parse(number).unwrap() }
}

/// The turns of a chat hang together.
pub async fn assert_chain(talk: &Talk, name: &str) {
    use domain::chat::{Door, Turn};
    for door in Door::ALL {
        let (chat, _) = talk.world.deps.store.chat(user(name), *door, Fingerprint::of("", "")).await.unwrap();
        let Some(chat) = chat else { continue };
        let turns = talk.world.deps.store.turns(user(name), *door, 0, 1_000).await.unwrap();
        assert_eq!(Turn::broken(&turns, &chat), None, "the chain of {name}'s {} chat", door.code());
        assert!(chat.doing.is_none(), "a turn is left undone");
    }
}
