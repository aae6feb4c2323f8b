//! A worker, and everything that one does with money.

use crate::{
    client::{Client, Outcome},
    feed::Feed,
    outside,
    walk::chat::newest_yes,
    world::World,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

pub struct Worker {
    pub client: Arc<Client>,
    pub feed: Arc<Feed>,
    /// What is published to everybody.
    pub news: Arc<Feed>,
    known: Mutex<Known>,
}

/// A place that no feed of a world reaches.
const EVERYTHING: u64 = 1_000_000;

/// Ids that this worker was given.
#[derive(Default)]
struct Known {
    orders: Vec<String>,
    payments: Vec<String>,
    holds: Vec<String>,
    payouts: Vec<String>,
    promises: Vec<Promise>,
}

/// What an answer promised: it must be there in the end, with these terms.
#[derive(Debug, Clone)]
pub struct Promise {
    pub path: String,
    pub amount: i64,
}

/// What a worker may do, and how often.
#[derive(Debug, Clone, Copy)]
enum Act {
    BePaid,
    PayOrderAgain,
    CashOut,
    CashOutAllAtOnce,
    Send,
    Hold,
    PostHold,
    VoidHold,
    Refund,
    Cancel,
    Look,
    ReadUp,
    Choose,
    Panic,
    PayUsWithoutOrder,
    PayMany,
    TryNonsense,
    Pry,
    Chat,
    PayBill,
    ConnectBank,
}

const ACTS: &[(u32, Act)] = &[
    (30, Act::BePaid),
    (3, Act::PayOrderAgain),
    (22, Act::CashOut),
    (3, Act::CashOutAllAtOnce),
    (14, Act::Send),
    (8, Act::Hold),
    (6, Act::PostHold),
    (3, Act::VoidHold),
    (8, Act::Refund),
    (4, Act::Cancel),
    (8, Act::Look),
    (4, Act::ReadUp),
    (2, Act::Choose),
    (2, Act::Panic),
    (2, Act::PayUsWithoutOrder),
    (3, Act::PayMany),
    (2, Act::TryNonsense),
    (2, Act::Pry),
    (6, Act::Chat),
    (6, Act::PayBill),
    (3, Act::ConnectBank),
];

/// Payees by what the provider makes of them, and how often each is paid. Source: the sandbox's
/// `razorpayx::steering`.
const PAYEES: &[(u32, &str)] = &[
    (20, "asha"),
    (20, "ravi"),
    (6, "slow"),
    (6, "fail"),
    (6, "reverse"),
    (3, "invalid"),
    (3, "mismatch"),
    (2, "offline"),
    (3, "reject"),
    (2, "queued"),
];

/// How the numbers at a biller end, by what becomes of their bills, and how often. Source: the
/// sandbox's `bills::steering`.
const BILLS: &[(u32, &str)] =
    &[(20, "0000"), (4, "9901"), (3, "9902"), (2, "9903"), (8, "9904"), (8, "9905"), (8, "9906"), (8, "9907"), (4, "9912")];

impl Worker {
    pub fn new(world: &Arc<World>, number: u64) -> Arc<Self> {
        let client = Arc::new(Client::new(world, &format!("+9198000000{number:02}")));
        Arc::new(Self { feed: Feed::new(&client), news: Feed::news(&client), client, known: Mutex::default() })
    }

    fn known<T>(&self, with: impl FnOnce(&mut Known) -> T) -> T {
        with(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn pick(&self, from: impl FnOnce(&Known) -> &Vec<String>) -> Option<String> {
        self.known(|known| self.client.world.cloud.fate.pick(from(known)).cloned())
    }

    pub fn promises(&self) -> Vec<Promise> {
        self.known(|known| known.promises.clone())
    }

    fn promised(&self, path: String, amount: i64) {
        self.known(|known| known.promises.push(Promise { path, amount }));
    }

    fn amount(&self, low: u64, high: u64) -> i64 {
        self.client.world.cloud.fate.skewed(low, high) as i64
    }

    fn payee(&self) -> Value {
        let name = self.client.world.cloud.fate.weighted(PAYEES).unwrap_or("asha");
        json!({ "type": "vpa", "vpa": format!("{name}@ybl"), "name": "Asha Devi" })
    }

    fn other<'a>(&self, all: &'a [Arc<Self>]) -> Option<&'a Arc<Self>> {
        let fate = &self.client.world.cloud.fate;
        fate.pick(all).filter(|other| !Arc::ptr_eq(&other.client, &self.client))
    }

    pub async fn act(&self, all: &[Arc<Self>]) {
        match self.client.world.cloud.fate.weighted(ACTS) {
            Some(Act::BePaid) => self.be_paid().await,
            Some(Act::PayOrderAgain) => self.pay_order_again().await,
            Some(Act::CashOut) => self.cash_out(self.amount(1_000, 700_000)).await,
            Some(Act::CashOutAllAtOnce) => self.cash_out_all_at_once().await,
            Some(Act::Send) => self.send(all, None).await,
            Some(Act::Hold) => self.send(all, Some(self.amount(60, 7_200))).await,
            Some(Act::PostHold) => self.post_hold().await,
            Some(Act::VoidHold) => self.void_hold().await,
            Some(Act::Refund) => self.refund().await,
            Some(Act::Cancel) => self.cancel().await,
            Some(Act::Look) => self.look().await,
            Some(Act::ReadUp) => self.read_up().await,
            Some(Act::Choose) => self.choose().await,
            Some(Act::Panic) => self.panic().await,
            Some(Act::PayUsWithoutOrder) => self.pay_us_without_order().await,
            Some(Act::PayMany) => self.pay_many().await,
            Some(Act::TryNonsense) => self.try_nonsense().await,
            Some(Act::Pry) => self.pry(all).await,
            Some(Act::Chat) => self.chat(all).await,
            Some(Act::PayBill) => self.pay_bill().await,
            Some(Act::ConnectBank) => self.connect_bank().await,
            None => {}
        }
    }

    /// Pays a bill of electricity, if the biller tells of one.
    async fn pay_bill(&self) {
        let fate = &self.client.world.cloud.fate;
        let Some(end) = fate.weighted(BILLS) else { return };
        let params = json!({ "Account ID": format!("{:06}{end}", fate.within(1, 999_999)) });
        let asked = json!({ "biller_id": "BESCOM000KAR01", "params": params });
        let Some(bill) = self.client.post("/v1/bills/fetch", asked).await.ok() else { return };
        let (reference, Some(amount)) = (bill.text("bill_ref"), bill.body["amount"].as_i64()) else { return };
        let paid = json!({
            "biller_id": "BESCOM000KAR01", "params": params, "bill_ref": reference, "amount": amount, "currency": "INR",
        });
        if let Some(payout) = self.client.pay("/v1/bills/pay", paid).await.ok() {
            self.promised(format!("/v1/payouts/{}", payout.text("id")), amount);
        }
    }

    /// Connects the demo bank, or ends that.
    async fn connect_bank(&self) {
        if let Some(link) = self.client.post("/v1/banks/demo-bank/connect", json!({})).await.ok() {
            let number = self.client.phone.trim_start_matches("+91");
            let done = json!({ "url": link.text("url"), "customer": number, "deny": self.client.world.cloud.fate.strikes(0.2) });
            let done = outside::ask(&self.client.world, "POST", "/demo-bank/approve", Some(done)).await;
            let back = done["redirect_to"].as_str().unwrap_or_default();
            if let Some(path) = back.find("/v1/banks/return").map(|at| &back[at..]) {
                self.client.get(path).await;
            }
            return;
        }
        self.client.post("/v1/banks/demo-bank/disconnect", json!({})).await;
    }

    /// Sends money in a chat: asks, and presses yes, once or twice, if the question has come by then.
    async fn chat(&self, all: &[Arc<Self>]) {
        let Some(other) = self.other(all) else { return };
        let fate = &self.client.world.cloud.fate;
        let text = format!("send {} to {}", fate.skewed(1, 900), other.client.phone);
        let phone = self.client.phone.trim_start_matches('+');
        outside::ask(&self.client.world, "POST", &format!("/phones/{phone}/whatsapp"), Some(json!({ "text": text }))).await;
        self.client.world.cloud.while_between(2_000, 90_000).await;
        self.presses_yes(fate.within(1, 2)).await;
    }

    /// Presses yes under the newest question.
    pub async fn presses_yes(&self, times: u64) {
        let Some(id) = newest_yes(&self.inbox().await) else { return };
        let reply = json!({ "type": "button_reply", "button_reply": { "id": id, "title": "Yes" } });
        let pressed = json!({ "message": { "type": "interactive", "interactive": reply } });
        let path = format!("/phones/{}/whatsapp", self.client.phone.trim_start_matches('+'));
        for _ in 0..times {
            outside::ask(&self.client.world, "POST", &path, Some(pressed.clone())).await;
        }
    }

    /// All that has come to their phone.
    pub async fn inbox(&self) -> Vec<Value> {
        let path = format!("/phones/{}/messages", self.client.phone.trim_start_matches('+'));
        let inbox = outside::ask(&self.client.world, "GET", &path, None).await;
        inbox["items"].as_array().cloned().unwrap_or_default()
    }

    async fn be_paid(&self) {
        let amount = self.amount(10_000, 900_000);
        let by_phonepe = self.client.world.cloud.fate.strikes(0.3);
        let provider = if by_phonepe { "phonepe" } else { "razorpay" };
        let asked = json!({ "amount": amount, "currency": "INR", "note": "Ride", "provider": provider });
        let Some(order) = self.client.pay("/v1/payments/orders", asked).await.ok() else { return };
        let id = order.text("id");
        self.promised(format!("/v1/payments/{id}"), amount);
        let order_id = order.body[provider]["order_id"].as_str().unwrap_or_default().to_owned();
        if order_id.is_empty() {
            return;
        }
        if by_phonepe {
            self.known(|known| known.payments.push(id));
            self.client.world.cloud.while_between(500, 30_000).await;
            return self.customer_pays_at_phonepe(&order_id).await;
        }
        self.known(|known| {
            known.orders.push(order_id.clone());
            known.payments.push(id);
        });
        self.client.world.cloud.while_between(500, 30_000).await;
        self.customer_pays(&order_id).await;
    }

    /// Marks what was shown as read, some of it or all, and holds the count to the answer.
    async fn read_up(&self) {
        let (client, shown) = (&self.client, self.feed.taken());
        let cloud = &client.world.cloud;
        let marked = match cloud.fate.within(0, 2) {
            0 if shown > 0 => json!({ "seqs": [cloud.fate.within(1, shown), cloud.fate.within(1, shown + 3)] }),
            1 if shown > 0 => json!({ "through_seq": shown }),
            _ => json!({ "through_seq": EVERYTHING }),
        };
        let Some(answer) = client.post("/v1/notifications/read", marked.clone()).await.ok() else { return };
        let number = |name: &str| answer.body[name].as_u64().unwrap_or(u64::MAX);
        let (unread, through, seq) = (number("unread"), number("read_through_seq"), number("seq"));
        let all_read = marked["through_seq"] != EVERYTHING || unread == 0;
        if through > seq || unread > seq - through || !all_read {
            cloud.journal.wrong(format!("after {marked}: {}", answer.body));
        }
    }

    async fn customer_pays(&self, order_id: &str) {
        let fate = &self.client.world.cloud.fate;
        let outcome = fate.weighted(&[(20, "captured"), (2, "failed"), (2, "late_authorized"), (1, "double"), (1, "authorized"), (2, "")]);
        let outcome = outcome.unwrap_or("captured");
        if outcome.is_empty() {
            return;
        }
        let checkout =
            outside::ask(&self.client.world, "POST", "/customer/pay", Some(json!({ "order_id": order_id, "outcome": outcome }))).await;
        self.client.world.cloud.journal.note(format!("a customer pays {order_id}: {outcome}"));
        if checkout["razorpay_signature"].is_string() && fate.strikes(0.3) {
            let report: serde_json::Map<String, Value> = checkout
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, _)| name.starts_with("razorpay_"))
                .map(|(n, v)| (n.clone(), v.clone()))
                .collect();
            self.client.post("/v1/payments/verify", Value::Object(report)).await;
        }
    }

    async fn customer_pays_at_phonepe(&self, order_id: &str) {
        let fate = &self.client.world.cloud.fate;
        let outcome =
            fate.weighted(&[(20, "completed"), (3, "attempt_failed"), (2, "failed"), (2, "late"), (2, "")]).unwrap_or("completed");
        if outcome.is_empty() {
            return;
        }
        let path = "/customer/phonepe/pay";
        outside::ask(&self.client.world, "POST", path, Some(json!({ "order_id": order_id, "outcome": outcome }))).await;
        self.client.world.cloud.journal.note(format!("a customer pays {order_id}: {outcome}"));
        if outcome == "attempt_failed" {
            outside::ask(&self.client.world, "POST", path, Some(json!({ "order_id": order_id }))).await;
        }
    }

    async fn pay_order_again(&self) {
        if let Some(order) = self.pick(|known| &known.orders) {
            self.customer_pays(&order).await;
        }
    }

    async fn cash_out(&self, amount: i64) {
        let asked = json!({ "amount": amount, "currency": "INR", "payee": self.payee() });
        if let Some(payout) = self.client.pay("/v1/payouts", asked).await.ok() {
            let id = payout.text("id");
            self.promised(format!("/v1/payouts/{id}"), amount);
            self.known(|known| known.payouts.push(id));
        }
    }

    /// F27: several requests at once for all that there is; one may win.
    async fn cash_out_all_at_once(&self) {
        let Some(wallet) = self.client.get("/v1/wallet").await else { return };
        let available = wallet.body["available_amount"].as_i64().unwrap_or(0).min(9_000_000);
        if available > 100 {
            futures::future::join_all((0..4).map(|_| self.cash_out(available))).await;
        }
    }

    async fn send(&self, all: &[Arc<Self>], hold_s: Option<i64>) {
        let Some(other) = self.other(all) else { return };
        let (to, amount) = (other.client.user(), self.amount(100, 200_000));
        let mut asked = json!({ "to": { "type": "user", "user_id": to }, "amount": amount, "currency": "INR" });
        if let Some(hold_s) = hold_s {
            asked["hold_s"] = hold_s.into();
        }
        if let Some(transfer) = self.client.pay("/v1/transfers", asked).await.ok() {
            let id = transfer.text("id");
            self.promised(format!("/v1/transfers/{id}"), amount);
            if hold_s.is_some() {
                self.known(|known| known.holds.push(id));
            }
        }
    }

    async fn post_hold(&self) {
        let Some(hold) = self.pick(|known| &known.holds) else { return };
        let body = if self.client.world.cloud.fate.strikes(0.5) { json!({}) } else { json!({ "amount": self.amount(50, 5_000) }) };
        self.client.pay(&format!("/v1/transfers/{hold}/post"), body).await;
    }

    async fn void_hold(&self) {
        if let Some(hold) = self.pick(|known| &known.holds) {
            self.client.post(&format!("/v1/transfers/{hold}/void"), json!({})).await;
        }
    }

    async fn refund(&self) {
        let Some(payment) = self.pick(|known| &known.payments) else { return };
        let part = self.client.world.cloud.fate.strikes(0.5);
        let body = if part { json!({ "amount": self.amount(100, 50_000) }) } else { json!({}) };
        if let Some(refund) = self.client.pay(&format!("/v1/payments/{payment}/refunds"), body).await.ok() {
            self.promised(format!("/v1/refunds/{}", refund.text("id")), refund.body["amount"].as_i64().unwrap_or(0));
        }
    }

    async fn cancel(&self) {
        if let Some(payout) = self.pick(|known| &known.payouts) {
            self.client.post(&format!("/v1/payouts/{payout}/cancel"), json!({})).await;
        }
    }

    /// Reads what an app reads; a balance is whole at every look.
    async fn look(&self) {
        if let Some(wallet) = self.client.get("/v1/wallet").await {
            let amount = |name: &str| wallet.body[name].as_i64().unwrap_or(-1);
            let (balance, held, available) = (amount("balance_amount"), amount("held_amount"), amount("available_amount"));
            if available < 0 || held < 0 || balance != held + available {
                self.client.world.cloud.journal.wrong(format!("I2: a wallet shows {}", wallet.body));
            }
        }
        self.client.get("/v1/wallet/statement?limit=20").await;
        self.client.get("/v1/transactions?limit=20").await;
        self.client.get("/v1/payouts").await;
        self.client.get("/v1/payments").await;
        self.client.get("/v1/payees").await;
    }

    /// Chooses what to be told by night, and a browser to be told on.
    async fn choose(&self) {
        let fate = &self.client.world.cloud.fate;
        let quiet = fate.strikes(0.3).then(|| json!({ "from": "22:00", "to": "07:00" }));
        let digest_at = fate.strikes(0.5).then_some("23:15");
        let off = if fate.strikes(0.3) { json!([{ "category": "money", "channel": "push" }]) } else { json!([]) };
        let wishes = json!({ "language": "en", "time_zone": "Asia/Kolkata", "quiet_hours": quiet, "digest_at": digest_at, "off": off });
        self.client.post("/v1/notifications/preferences", wishes).await;
        self.client.subscribe().await;
    }

    /// The panic button, a spend that must fail, and the way back.
    pub async fn panic(&self) {
        if !matches!(self.client.post("/v1/panic", json!({})).await, Outcome::Ok(_)) {
            return;
        }
        let asked = json!({ "amount": 100, "currency": "INR", "payee": self.payee() });
        if let Outcome::Ok(answer) = self.client.pay("/v1/payouts", asked).await {
            self.client.world.cloud.journal.wrong(format!("a payout was accepted after the panic button: {}", answer.body));
        }
        for _ in 0..20 {
            let seen = self.client.messages().await.len();
            let Some(asked) = self.client.ask("POST", "/v1/panic/lift", None, None).await.ok() else { continue };
            let Some(otp) = self.client.read_otp(seen).await else { continue };
            let proof = json!({ "challenge_id": asked.text("challenge_id"), "otp": otp });
            if self.client.post("/v1/panic/lift", proof).await.ok().is_some() {
                return;
            }
        }
    }

    async fn pay_us_without_order(&self) {
        let body = json!({ "amount": self.amount(1_000, 100_000) });
        outside::ask(&self.client.world, "POST", "/customer/pay-without-order", Some(body)).await;
    }

    /// A batch of payouts; only an organisation's administrator may.
    async fn pay_many(&self) {
        let line = |number: i64| json!({ "payee": self.payee(), "amount": 100 + self.amount(100, 20_000) + number, "reference": format!("l{number}") });
        let lines: Vec<Value> = (0..self.amount(1, 6)).map(line).collect();
        let total: i64 = lines.iter().filter_map(|line| line["amount"].as_i64()).sum();
        if let Some(batch) = self.client.pay("/v1/payout-batches", json!({ "currency": "INR", "lines": lines })).await.ok() {
            self.promised(format!("/v1/payout-batches/{}", batch.text("id")), total);
        }
    }

    /// F32: what must be refused.
    async fn try_nonsense(&self) {
        let fate = &self.client.world.cloud.fate;
        let amount = fate.pick(&[json!(0), json!(-1), json!(1.5), json!("100"), json!(i64::MAX), json!(1e30)]).cloned().unwrap_or_default();
        let to = json!({ "type": "user", "user_id": self.client.user() });
        for (path, asked) in [
            ("/v1/payouts", json!({ "amount": amount, "currency": "INR", "payee": self.payee() })),
            ("/v1/transfers", json!({ "amount": 100, "currency": "INR", "to": to })),
            ("/v1/payments/orders", json!({ "amount": amount, "currency": "USD" })),
        ] {
            if let Outcome::Ok(answer) = self.client.pay(path, asked.clone()).await {
                self.client.world.cloud.journal.wrong(format!("{path} took {asked}: {}", answer.body));
            }
        }
    }

    /// S4: what is another's, or an operator's, is not to be had.
    async fn pry(&self, all: &[Arc<Self>]) {
        let Some(other) = self.other(all) else { return };
        let theirs = other.promises().into_iter().filter(|promise| !promise.path.starts_with("/v1/transfers")).map(|promise| promise.path);
        let operators = ["/v1/ops/ledger", "/v1/ops/webhooks", "/v1/ops/audit"].map(str::to_owned);
        for path in theirs.take(3).chain(operators) {
            if let Some(answer) = self.client.get(&path).await {
                self.client.world.cloud.journal.wrong(format!("S4: {} was shown {path}: {}", self.client.user(), answer.body));
            }
        }
        let channel = format!("/v1/events?after_seq=0&channel=user:{}", other.client.user());
        if let Some(answer) = self.client.get(&channel).await {
            self.client.world.cloud.journal.wrong(format!("S5: {} was shown {channel}: {}", self.client.user(), answer.body));
        }
    }

    /// What the statement says, read to its beginning by pages of a size: amounts, oldest first.
    pub async fn statement(&self, limit: u64) -> Option<Vec<(u64, i64, i64)>> {
        let (mut lines, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.client.get(&format!("/v1/wallet/statement?limit={limit}{cursor}")).await?;
            for line in page.body["items"].as_array()? {
                lines.push((line["number"].as_u64()?, line["amount"].as_i64()?, line["balance_after"].as_i64()?));
            }
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        lines.reverse();
        Some(lines)
    }
}
