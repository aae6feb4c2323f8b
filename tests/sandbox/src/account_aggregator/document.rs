//! An account as its bank writes it.

use account_aggregator::time;
use account_aggregator::wire::{Account, ConsentDetail, ConsentType, FiDataRange};
use jiff::{Span, Timestamp};
use serde_json::{Value, json};

use super::banks::{Bank, Form};
use super::history::{self, DAYS_MAX, Line};

/// What was consented to, within the range that was asked for and the days that banks keep.
pub fn write(bank: &Bank, detail: &ConsentDetail, account: &Account, range: FiDataRange, now: Timestamp) -> String {
    let earliest = now.to_zoned(history::india()).checked_sub(Span::new().days(DAYS_MAX)).map_or(range.from, |day| day.timestamp());
    let (from, to) = (range.from.max(earliest), range.to.min(now));
    let all = history::lines(&detail.customer.id, bank.fip_id, to);
    let balance_paise = all.last().map_or(0, |line| line.balance_paise);
    let lines: Vec<&Line> = all.iter().filter(|line| line.at >= from).collect();
    let has = |kind| detail.types.contains(&kind);
    let day = |time: Timestamp| time.to_zoned(history::india()).date().to_string();

    let mobile = detail.customer.id.split('@').next().unwrap_or_default();
    let is_v2 = bank.form != Form::XmlV1;
    let ckyc = if is_v2 { ("ckycRegistered", "YES") } else { ("ckycCompliance", "true") };
    let holder =
        element("Holder", &[("name", "ASHA PATIL"), ("dob", "1994-02-11"), ("mobile", mobile), ("nominee", "REGISTERED"), ckyc], vec![]);
    let profile = element("Profile", &[], vec![element("Holders", &[("type", "SINGLE")], vec![holder])]);

    let (balance, at) = (decimal(balance_paise), time::to_text(to));
    let mut summary = vec![
        ("currentBalance", balance.as_str()),
        ("currency", "INR"),
        ("balanceDateTime", at.as_str()),
        ("branch", "Shivajinagar & Deccan"),
    ];
    if is_v2 {
        summary.extend([("accountType", "REGULAR"), ("accountSubType", "SAVINGS"), ("ifsc", bank.ifsc)]);
    } else {
        summary.extend([("exchgeRate", " "), ("type", "SAVINGS"), ("facility", "OD"), ("ifscCode", bank.ifsc)]);
    }
    summary.push(("status", "ACTIVE"));
    let summary = element("Summary", &summary, vec![]);

    let span = (day(from), day(to));
    let lines = lines.into_iter().map(|line| transaction(bank.form, line)).collect();
    let transactions = element("Transactions", &[("startDate", &span.0), ("endDate", &span.1)], lines);

    let parts = [(ConsentType::Profile, profile), (ConsentType::Summary, summary), (ConsentType::Transactions, transactions)];
    let children = parts.into_iter().filter(|(kind, _)| has(*kind)).map(|(_, part)| part).collect();
    let root = element(
        "Account",
        &[
            ("xmlns", "http://api.rebit.org.in/FISchema/deposit"),
            ("type", "deposit"),
            ("linkedAccRef", &account.link_ref),
            ("maskedAccNumber", &account.masked_number),
            ("version", if is_v2 { "2.0.0" } else { "1.2" }),
        ],
        children,
    );
    match bank.form {
        Form::XmlV1 | Form::XmlV2 => format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", root.to_xml()),
        Form::JsonV2 => json!({ "account": root.to_json() }).to_string(),
    }
}

fn transaction(form: Form, line: &Line) -> Element {
    let balance = if form == Form::XmlV1 { "currentBalance" } else { "transactionalBalance" };
    element(
        "Transaction",
        &[
            ("txnId", &line.id),
            ("type", if line.paise < 0 { "DEBIT" } else { "CREDIT" }),
            ("mode", line.mode),
            ("amount", &decimal(line.paise.abs())),
            (balance, &decimal(line.balance_paise)),
            ("transactionTimestamp", &line.at.to_zoned(history::india()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
            ("valueDate", &line.date.to_string()),
            ("narration", &line.narration),
            ("reference", &line.reference),
        ],
        vec![],
    )
}

fn decimal(paise: i64) -> String {
    format!("{}{}.{:02}", if paise < 0 { "-" } else { "" }, paise.abs() / 100, paise.abs() % 100)
}

struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
}

fn element(name: &'static str, attributes: &[(&'static str, &str)], children: Vec<Element>) -> Element {
    Element { name, attributes: attributes.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(), children }
}

impl Element {
    fn to_xml(&self) -> String {
        let attributes: String = self.attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
        let children: String = self.children.iter().map(Self::to_xml).collect();
        format!("<{0}{attributes}>{children}</{0}>", self.name)
    }

    /// Names begin in lower case; children of one name are a list, or one object.
    fn to_json(&self) -> Value {
        let mut fields: serde_json::Map<String, Value> =
            self.attributes.iter().filter(|(name, _)| *name != "xmlns").map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        for child in &self.children {
            let name = format!("{}{}", child.name[..1].to_lowercase(), &child.name[1..]);
            let value = child.to_json();
            match fields.get_mut(&name) {
                None => _ = fields.insert(name, value),
                Some(Value::Array(list)) => list.push(value),
                Some(first) => *first = json!([first.take(), value]),
            }
        }
        Value::Object(fields)
    }
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
