//! Every template, in the order of the files in `messages/`.

use crate::template::{Category, Kind, Part, Sms, Template, Variable, Whatsapp};

const fn required(name: &'static str, kind: Kind) -> Variable {
    Variable { name, kind, required: true }
}

const fn optional(name: &'static str, kind: Kind) -> Variable {
    Variable { name, kind, required: false }
}

const AMOUNT: Variable = required("amount", Kind::Amount);
/// What can be spent after the event.
const BALANCE: Variable = required("balance", Kind::Amount);
/// As the account sees the money.
const DIRECTION: Variable = required("direction", Kind::OneOf(&["in", "out"]));
/// The other side's name, as far as the reader may know it.
const COUNTERPARTY: Variable = optional("counterparty", Kind::Text { chars_max: 60 });
/// Whom money goes to, as its owner called them.
const TO: Variable = required("to", Kind::Text { chars_max: 60 });
/// Whom or what money went to: a payee's name, or what it was for.
const WHAT: Variable = required("what", Kind::Text { chars_max: 60 });
/// Whom the reader works for.
const PLATFORM: Variable = required("platform", Kind::Text { chars_max: 40 });
/// A bank as its customers call it, or whoever reads several of them.
const BANK: Variable = required("bank", Kind::Text { chars_max: 60 });
const DAY: Variable = required("day", Kind::Day);
const REASON: Variable = optional("reason", Kind::Text { chars_max: 160 });
const REFERENCE: Variable = optional("reference", Kind::Reference);

const RUPEES: (&str, Part) = ("rupees", Part::Rupees("amount"));
const PAISE: (&str, Part) = ("paise", Part::Paise("amount"));
const BALANCE_RUPEES: (&str, Part) = ("balance_rupees", Part::Rupees("balance"));
const BALANCE_PAISE: (&str, Part) = ("balance_paise", Part::Paise("balance"));

/// The text messages whose variables are an amount and the balance after it.
const fn sms_of_money(name: &'static str) -> Option<Sms> {
    Some(Sms { name, variables: &[RUPEES, PAISE, BALANCE_RUPEES, BALANCE_PAISE] })
}

const fn whatsapp(name: &'static str, parameters: &'static [&'static str]) -> Option<Whatsapp> {
    Some(Whatsapp { name, parameters })
}

const fn utility(name: &'static str, variables: &'static [Variable], whatsapp: Option<Whatsapp>, sms: Option<Sms>) -> Template {
    Template { name, version: 1, category: Category::Utility, variables, whatsapp, sms }
}

/// Of a day's summary.
const OF_A_DAY: &[Variable] = &[
    required("income", Kind::Amount),
    required("expenses", Kind::Amount),
    required("left", Kind::Amount),
    required("status", Kind::OneOf(&["ahead", "behind", "none"])),
    optional("tip", Kind::OneOf(&["note", "fuel", "save", "spend", "good"])),
];

impl Template {
    pub const ALL: &'static [Self] = &[
        // payments.ftl
        utility(
            "payment.captured",
            &[AMOUNT, BALANCE],
            whatsapp("payment_captured", &["amount", "balance"]),
            sms_of_money("money_received"),
        ),
        utility("payment.failed", &[AMOUNT, REASON], whatsapp("payment_failed", &["amount"]), None),
        utility(
            "payment.assigned",
            &[AMOUNT, BALANCE],
            whatsapp("payment_assigned", &["amount", "balance"]),
            sms_of_money("money_received"),
        ),
        utility("refund.requested", &[AMOUNT, BALANCE], whatsapp("refund_requested", &["amount", "balance"]), None),
        utility("refund.processed", &[AMOUNT, BALANCE, REFERENCE], whatsapp("refund_processed", &["amount", "balance"]), None),
        utility("refund.failed", &[AMOUNT, BALANCE, REASON], whatsapp("refund_failed", &["amount", "balance"]), None),
        // transfers.ftl
        utility(
            "transfer.received",
            &[AMOUNT, BALANCE, COUNTERPARTY],
            whatsapp("transfer_received", &["amount", "balance"]),
            sms_of_money("money_received"),
        ),
        utility("transfer.sent", &[AMOUNT, BALANCE, COUNTERPARTY], whatsapp("transfer_sent", &["amount", "balance"]), None),
        // An approved text is the same for both sides, and these are not.
        utility("transfer.held", &[AMOUNT, BALANCE, DIRECTION, COUNTERPARTY], None, None),
        utility("transfer.voided", &[AMOUNT, BALANCE, DIRECTION, COUNTERPARTY], None, None),
        utility("transfer.expired", &[AMOUNT, BALANCE, DIRECTION, COUNTERPARTY], None, None),
        // payouts.ftl
        utility(
            "payout.processed",
            &[AMOUNT, BALANCE, COUNTERPARTY, REFERENCE],
            whatsapp("payout_processed", &["amount", "balance"]),
            sms_of_money("payout_processed"),
        ),
        utility(
            "payout.failed",
            &[AMOUNT, BALANCE, COUNTERPARTY, REASON],
            whatsapp("payout_failed", &["amount", "balance"]),
            sms_of_money("payout_failed"),
        ),
        utility(
            "payout.reversed",
            &[AMOUNT, BALANCE, COUNTERPARTY, REASON],
            whatsapp("payout_reversed", &["amount", "balance"]),
            sms_of_money("payout_reversed"),
        ),
        utility("payout.cooling", &[AMOUNT, COUNTERPARTY, optional("until", Kind::Time)], whatsapp("payout_cooling", &["amount"]), None),
        utility("payout.cancelled", &[AMOUNT, BALANCE, COUNTERPARTY], whatsapp("payout_cancelled", &["amount", "balance"]), None),
        utility("batch.completed", &[AMOUNT, BALANCE], whatsapp("batch_completed", &["amount", "balance"]), None),
        // account.ftl
        utility("welcome", &[], whatsapp("welcome", &[]), None),
        utility("account.paused", &[REASON], whatsapp("account_paused", &[]), Some(Sms { name: "account_paused", variables: &[] })),
        utility("account.resumed", &[], whatsapp("account_resumed", &[]), None),
        utility(
            "security.log_in",
            &[required("time", Kind::Time)],
            whatsapp("security_log_in", &["time"]),
            Some(Sms { name: "security_log_in", variables: &[] }),
        ),
        utility(
            "limit.exceeded",
            &[
                AMOUNT,
                required("limit", Kind::OneOf(&["day", "transfer_day", "payee_day", "payees_per_day"])),
                required("resets_at", Kind::Time),
            ],
            whatsapp("limit_exceeded", &["amount", "resets_at"]),
            Some(Sms { name: "limit_exceeded", variables: &[RUPEES, PAISE] }),
        ),
        utility(
            "kyc.status",
            &[required("status", Kind::OneOf(&["pending", "verified", "rejected", "expired"])), REASON],
            whatsapp("kyc_status", &[]),
            None,
        ),
        Template {
            name: "login_otp",
            version: 1,
            category: Category::Authentication,
            variables: &[required("otp", Kind::Code), required("minutes", Kind::Count)],
            whatsapp: whatsapp("login_otp", &["otp"]),
            sms: Some(Sms { name: "login_otp", variables: &[("otp", Part::Whole("otp")), ("minutes", Part::Whole("minutes"))] }),
        },
        // Goes to the address that it confirms, and nowhere else.
        Template {
            name: "email_code",
            version: 1,
            category: Category::Authentication,
            variables: &[required("otp", Kind::Code), required("minutes", Kind::Count)],
            whatsapp: None,
            sms: None,
        },
        // plans.ftl
        utility("day.summary", OF_A_DAY, whatsapp("day_summary", &["income", "expenses"]), None),
        utility("day.before", OF_A_DAY, whatsapp("day_before", &["income", "expenses"]), None),
        utility("standing.announced", &[AMOUNT, TO], whatsapp("standing_announced", &["amount", "to"]), None),
        utility(
            "standing.failed",
            &[AMOUNT, TO, required("why", Kind::OneOf(&["short_of_money", "refused"]))],
            whatsapp("standing_failed", &["amount", "to"]),
            None,
        ),
        utility(
            "bank.trouble",
            &[BANK, required("why", Kind::OneOf(&["sign_in_again", "consent_ended", "withdrawn"]))],
            whatsapp("bank_trouble", &["bank"]),
            None,
        ),
        utility("bank.ends", &[BANK, DAY], whatsapp("bank_ends", &["bank", "day"]), None),
        utility("bank.stale", &[BANK, DAY], whatsapp("bank_stale", &["bank", "day"]), None),
        // insights.ftl
        utility(
            "bill.due",
            &[AMOUNT, WHAT, DAY, required("when", Kind::OneOf(&["today", "tomorrow", "soon"]))],
            whatsapp("bill_due", &["amount", "what", "day"]),
            None,
        ),
        utility("money.short", &[DAY, required("by", Kind::Amount)], whatsapp("money_short", &["day", "by"]), None),
        utility(
            "debit.unusual",
            &[
                AMOUNT,
                WHAT,
                required("why", Kind::OneOf(&["more_than_usual", "bill_higher", "new_payee"])),
                optional("usual", Kind::Amount),
            ],
            whatsapp("debit_unusual", &["amount", "what"]),
            None,
        ),
        // What an hour of work brings.
        utility(
            "pay.cut",
            &[PLATFORM, required("before", Kind::Amount), required("after", Kind::Amount), required("since", Kind::Day)],
            whatsapp("pay_cut", &["platform", "before", "after", "since"]),
            None,
        ),
        utility(
            "social.days",
            &[required("milestone", Kind::OneOf(&["near", "reached"])), optional("missing", Kind::Count)],
            whatsapp("social_days", &[]),
            None,
        ),
        utility(
            "pay.shortfall",
            &[
                PLATFORM,
                required("missing", Kind::Amount),
                required("stated", Kind::Amount),
                required("came", Kind::Amount),
                required("gap", Kind::OneOf(&["payment", "week", "unexplained"])),
                required("from", Kind::Day),
                required("to", Kind::Day),
            ],
            whatsapp("pay_shortfall", &["platform", "missing", "stated", "came", "from", "to"]),
            None,
        ),
        // general.ftl
        utility(
            "digest",
            &[required("count", Kind::Count), optional("lines", Kind::Prose { chars_max: 1500 })],
            whatsapp("digest", &["count"]),
            None,
        ),
        Template {
            name: "announcement",
            version: 1,
            category: Category::Marketing,
            variables: &[required("title", Kind::Text { chars_max: 80 }), required("text", Kind::Prose { chars_max: 1000 })],
            whatsapp: whatsapp("announcement", &["title", "text"]),
            sms: None,
        },
        utility(
            "system.status",
            &[
                required("state", Kind::OneOf(&["planned", "disrupted", "restored"])),
                optional("service", Kind::OneOf(&["payments", "transfers", "payouts", "log_in"])),
                optional("details", Kind::Prose { chars_max: 500 }),
            ],
            None,
            None,
        ),
    ];
}
