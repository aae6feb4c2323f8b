//! What is kept of people, where, how it is protected, and for how long: a row for each kind, `docs/privacy.md` shows them.
//!
//! A new kind of record does not compile before it has its row here, and with it its place in a user's copy.

use domain::kind::Kind;

/// One kind of data.
#[derive(Debug, Clone, Copy)]
pub struct Data {
    pub name: &'static str,
    pub what: &'static str,
    /// In the main table unless it says otherwise.
    pub keys: &'static str,
    /// What of it only the user's own key opens, or nothing does.
    pub sealed: &'static str,
    pub live: &'static str,
    /// After its user's account was erased.
    pub after: &'static str,
    pub copied: Copied,
}

/// Whether it is in the copy that its user may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    Yes,
    /// Without some of it.
    But(&'static str),
    /// And why not.
    No(&'static str),
}

impl Copied {
    pub fn is_given(self) -> bool {
        !matches!(self, Self::No(_))
    }
}

pub const fn of(kind: Kind) -> Data {
    match kind {
        Kind::Account => Data {
            name: "account",
            what: "balance, limits, status, head of the feed",
            keys: "`A#{account}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Transfer => Data {
            name: "transfer",
            what: "money to or from another user, its note",
            keys: "`O#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Payment => Data {
            name: "payment",
            what: "money in, by whom and how",
            keys: "`O#{fingerprint}` / `@`, listed at `A#` / `P#`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Refund => Data {
            name: "refund",
            what: "a payment given back",
            keys: "`O#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Payout => Data {
            name: "payout",
            what: "money out, a bill paid",
            keys: "`O#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Batch => Data {
            name: "batch",
            what: "many payouts asked for at once",
            keys: "`O#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::BatchLine => Data {
            name: "batch_line",
            what: "one line of these",
            keys: "`B#{sheet}` / `{number}`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Suspense => Data {
            name: "suspense",
            what: "money that belonged to no order, once it is a user's",
            keys: "`O#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Order => Data {
            name: "order",
            what: "which payment an order of the provider's is",
            keys: "`X#{order}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::No("it names the payment, which is given"),
        },
        Kind::Payee => Data {
            name: "payee",
            what: "UPI id or bank account, its holder's name",
            keys: "`Y#{payee}` / `@`, listed at `A#` / `Y#`",
            sealed: "",
            live: "life of the account",
            after: "10 years, as a record of payment",
            copied: Copied::Yes,
        },
        Kind::Reading => Data {
            name: "reading",
            what: "how far a feed was read",
            keys: "`A#{account}` / `R@`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Notice => Data {
            name: "notice",
            what: "what a user was told, by which channel, and what became of it",
            keys: "`D#{user}` / `N#{fingerprint}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Preferences => Data {
            name: "preferences",
            what: "language, hours, e-mail address, what is wanted where",
            keys: "`D#{user}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Devices => Data {
            name: "devices",
            what: "devices that get pushes; without the addresses that pushes are sent to",
            keys: "`D#{user}` / `V@`",
            sealed: "",
            live: "life of the account",
            after: "removed",
            copied: Copied::Yes,
        },
        Kind::DeviceOwner => Data {
            name: "device_owner",
            what: "whose a device is",
            keys: "`E#{device}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "removed",
            copied: Copied::No("the devices are given"),
        },
        Kind::Suppression => Data {
            name: "suppression",
            what: "whether an address takes messages, by its keyed hash",
            keys: "`I#{channel}#{hash}` / `@`",
            sealed: "hashed",
            live: "life of the account",
            after: "stays: nobody is written to who asked not to be",
            copied: Copied::Yes,
        },
        Kind::ProviderMessage => Data {
            name: "provider_message",
            what: "which notice a provider's message was",
            keys: "`L#{provider}#{id}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "stays: two ids, of which one leads nowhere any more",
            copied: Copied::No("the notice is given"),
        },
        Kind::Board => Data {
            name: "board",
            what: "how much was said in a room or on a topic",
            keys: "`Q#{board}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "stays, it is nobody's",
            copied: Copied::No("it is no one user's"),
        },
        Kind::Publication => Data {
            name: "publication",
            what: "news for everybody",
            keys: "`V#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "stays, it is nobody's",
            copied: Copied::No("it is no one user's"),
        },
        Kind::Leg => Data {
            name: "leg",
            what: "how far it was told",
            keys: "`V#{fingerprint}` / `L#{number}`",
            sealed: "",
            live: "life of the account",
            after: "stays, it is nobody's",
            copied: Copied::No("it is no one user's"),
        },
        Kind::Room => Data {
            name: "room",
            what: "a room, its name and its members' number",
            keys: "`G#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "stays for its other members",
            copied: Copied::No("the user's place in it is given"),
        },
        Kind::Seat => Data {
            name: "seat",
            what: "a user's place in a room",
            keys: "`A#{account}` / `M#{room}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Message => Data {
            name: "message",
            what: "what somebody wrote in a room",
            keys: "`M#{fingerprint}` / `@`",
            sealed: "",
            live: "as the room has it",
            after: "as the room has it",
            copied: Copied::Yes,
        },
        Kind::Report => Data {
            name: "report",
            what: "a message that was reported",
            keys: "`R#{fingerprint}` / `@`",
            sealed: "",
            live: "life of the account",
            after: "400 days, as a record of safety",
            copied: Copied::No("it is of two people, and of whom they asked for help"),
        },
        Kind::Social => Data {
            name: "social",
            what: "whom a user has blocked, who sees them",
            keys: "`A#{account}` / `S@`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Campaign => Data {
            name: "campaign",
            what: "what a user had many told",
            keys: "`H#{fingerprint}` / `@`, listed at `A#` / `H#`; whom: `B#{sheet}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Membership => Data {
            name: "membership",
            what: "the organisations of a user",
            keys: "`A#{account}` / `O#{organisation}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Chat => Data {
            name: "chat",
            what: "where a chat with the assistant is",
            keys: "`C#{user}` / `@{door}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Turn => Data {
            name: "turn",
            what: "what was decided in each turn of it, and the proof",
            keys: "`C#{user}` / `T#{door}#{fingerprint}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Page => Data {
            name: "page",
            what: "a day of the cash book",
            keys: "`C#{user}` / `L#{day}`",
            sealed: "names; references and parties are hashed under the user's key",
            live: "life of the account, names 400 days; lines of an Account Aggregator a month from when they were read, and while there is consent",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Book => Data {
            name: "book",
            what: "what was learned of the book",
            keys: "`C#{user}` / `L@`",
            sealed: "parties are hashed under the user's key",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Worked => Data {
            name: "worked",
            what: "what platforms tell of a day",
            keys: "`C#{user}` / `E#{day}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Finding => Data {
            name: "finding",
            what: "what does not add up",
            keys: "`C#{user}` / `F#{fingerprint}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Outlook => Data {
            name: "outlook",
            what: "what the cash-flow agent has told",
            keys: "`C#{user}` / `O@`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Note => Data {
            name: "note",
            what: "where a note of an app is in the book",
            keys: "`C#{user}` / `Y#{fingerprint}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::HandOff => Data {
            name: "hand_off",
            what: "a chat that a person answered",
            keys: "`C#{user}` / `H@{door}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Bank => Data {
            name: "bank",
            what: "a connected bank: balances, tokens",
            keys: "`C#{user}` / `B#{fingerprint}`",
            sealed: "balances, tokens",
            live: "while it is connected",
            after: "removed when it ends",
            copied: Copied::But("without the tokens"),
        },
        Kind::Standing => Data {
            name: "standing",
            what: "a standing payment",
            keys: "`C#{user}` / `S#{fingerprint}`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Summary => Data {
            name: "summary",
            what: "when a user is told of their day",
            keys: "`C#{user}` / `U@`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Planner => Data {
            name: "planner",
            what: "goals and budgets",
            keys: "`C#{user}` / `P@`",
            sealed: "",
            live: "life of the account",
            after: "held to day 365, then unreadable",
            copied: Copied::Yes,
        },
        Kind::Pin => Data {
            name: "pin",
            what: "a PIN, as a keyed hash; wrong ones counted",
            keys: "`C#{user}` / `N@`",
            sealed: "hashed",
            live: "life of the account",
            after: "removed",
            copied: Copied::But("without the hash"),
        },
        Kind::UserKey => Data {
            name: "user_key",
            what: "the user's own key",
            keys: "`C#{user}` / `K@`",
            sealed: "wrapped",
            live: "life of the account",
            after: "moved to the erasure at once, destroyed on day 365",
            copied: Copied::No("a secret"),
        },
        Kind::Erasure => Data {
            name: "erasure",
            what: "that an account was erased, how far that is, and the key to what is held",
            keys: "`C#{user}` / `Z@`",
            sealed: "wrapped",
            live: "there is none",
            after: "stays, as a proof; the key goes on day 365",
            copied: Copied::No("there is none while there is an account"),
        },
        Kind::Consents => Data {
            name: "consents",
            what: "what a user has agreed to",
            keys: "`C#{user}` / `G@`",
            sealed: "",
            live: "life of the account",
            after: "7 years, as a proof",
            copied: Copied::Yes,
        },
        Kind::Consent => Data {
            name: "consent",
            what: "each yes and no, and each consent artefact, in a chain of hashes",
            keys: "`C#{user}` / `G#{seq}`",
            sealed: "",
            live: "life of the account",
            after: "7 years, as a proof",
            copied: Copied::Yes,
        },
    }
}

/// What lies in the tables and is no record.
pub const OTHERS: &[Data] = &[
    Data {
        name: "fact",
        what: "every movement of money, with its hash",
        keys: "`A#{account}` / `F#{seq}`",
        sealed: "",
        live: "life of the account",
        after: "10 years, as a record of payment",
        copied: Copied::Yes,
    },
    Data {
        name: "bulletin",
        what: "that something was said there; names the message",
        keys: "`Q#{board}` / `F#{seq}`",
        sealed: "",
        live: "as long as the message",
        after: "as long as the message",
        copied: Copied::No("the user's own messages are given"),
    },
    Data {
        name: "user",
        what: "phone, role",
        keys: "`U#{user}` / `@`",
        sealed: "",
        live: "life of the account",
        after: "held to day 365, then unreadable",
        copied: Copied::Yes,
    },
    Data {
        name: "phone",
        what: "which user a phone is, by its keyed hash",
        keys: "`N#{hash}` / `@`",
        sealed: "hashed",
        live: "life of the account",
        after: "removed at once",
        copied: Copied::No("the phone is given"),
    },
    Data {
        name: "act",
        what: "what operators did",
        keys: "`K#audit` / `E#{seq}`",
        sealed: "",
        live: "400 days and more",
        after: "stays: it is a chain",
        copied: Copied::But("where it names the user"),
    },
    Data {
        name: "webhook",
        what: "what providers told, as it came",
        keys: "`W#{provider}#{event}` / `@`",
        sealed: "",
        live: "90 days",
        after: "90 days",
        copied: Copied::No("what it told of is given"),
    },
    Data {
        name: "journal",
        what: "money between system accounts; what was folded; sums",
        keys: "`J#`, `Z#`, `S#{account}`, `K#`",
        sealed: "",
        live: "life of the account",
        after: "stays, it is nobody's",
        copied: Copied::No("it is no one user's"),
    },
    Data {
        name: "raw_sms",
        what: "texts of bank messages",
        keys: "live: `S#{user}` / `{fingerprint}`",
        sealed: "whole",
        live: "30 days, or until it is taken back",
        after: "removed",
        copied: Copied::Yes,
    },
    Data {
        name: "chat_lines",
        what: "the last ten lines of a chat",
        keys: "live: `L#{user}#{door}` / `@`",
        sealed: "",
        live: "an hour",
        after: "removed",
        copied: Copied::Yes,
    },
    Data {
        name: "export",
        what: "copies such as these",
        keys: "live: `X#{user}` / `{part}`",
        sealed: "whole",
        live: "a day",
        after: "removed",
        copied: Copied::No("it is this"),
    },
    Data {
        name: "hold",
        what: "the sealed copy of a user who was erased",
        keys: "`F#{user}` / `{hold}#{part}#{piece}`",
        sealed: "whole",
        live: "there is none",
        after: "removed on day 365, with the key to it",
        copied: Copied::No("it is a copy"),
    },
    Data {
        name: "session",
        what: "sessions, log-in challenges, tickets",
        keys: "live: `E#{session}`, `Q#{user}`, `H#{challenge}`, `T#{hash}`",
        sealed: "hashed",
        live: "30 days at most",
        after: "ended at once",
        copied: Copied::No("secrets, gone by themselves"),
    },
    Data {
        name: "connection",
        what: "open connections, what they show, presence",
        keys: "live: `C#{connection}`, `U#{user}`, `V#{user}`, `P#{board}#{part}`",
        sealed: "",
        live: "while they are open",
        after: "removed",
        copied: Copied::No("gone by itself"),
    },
    Data {
        name: "link",
        what: "a link to a bank that is being opened",
        keys: "live: `B#{hash}` / `@`",
        sealed: "hashed",
        live: "10 minutes",
        after: "removed",
        copied: Copied::No("gone by itself"),
    },
    Data {
        name: "bank_name",
        what: "whose connection it is that a bank or aggregator speaks of, by the hash of what they call it",
        keys: "live: `A#{hash}` / `@`",
        sealed: "hashed",
        live: "while it is connected, or a week",
        after: "removed when it ends",
        copied: Copied::No("a secret of the connection, which is given"),
    },
    Data {
        name: "rate",
        what: "counters: how often something was asked for, when somebody last wrote, what became of deliveries",
        keys: "live: `R#{scope}#{window}`, `W#{hash of phone}`, `D#{channel}#{day}`",
        sealed: "",
        live: "days",
        after: "removed",
        copied: Copied::No("gone by itself"),
    },
    Data {
        name: "file",
        what: "files that were sent in rooms",
        keys: "files: `chat/{user}/{file}`",
        sealed: "by KMS",
        live: "366 days",
        after: "366 days",
        copied: Copied::No("their names are given, they are fetched in the room"),
    },
];

/// Who else gets some of it, and what for.
pub const RECIPIENTS: &[(&str, &str)] = &[
    ("Razorpay", "payments in and payouts: amounts, your UPI ids and bank accounts, the names and addresses of whom you pay"),
    ("the payer of bills over Bharat Connect", "bills that you fetch or pay: the biller's number of you, the amount"),
    ("banks and Account Aggregators that you connect", "your consent, and requests for what it covers"),
    ("carriers of SMS, WhatsApp, e-mail and push", "your address there, and the text of each notice"),
    ("a language model's provider, for the assistant", "what you write, with names, numbers and amounts taken out"),
    ("the host of our servers, in India", "everything, encrypted where it lies"),
];

/// All of it.
pub fn all() -> impl Iterator<Item = Data> {
    Kind::ALL.iter().map(|kind| of(*kind)).chain(OTHERS.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn line(data: &Data) -> String {
        let copied = match data.copied {
            Copied::Yes => "given".to_owned(),
            Copied::But(what) => format!("given, {what}"),
            Copied::No(why) => format!("left out: {why}"),
        };
        let Data { name, what, keys, sealed, live, after, .. } = data;
        format!("| `{name}` | {what} | {keys} | {sealed} | {live} | {after} | {copied} |")
    }

    #[test]
    fn the_page_on_privacy_shows_this_map() {
        let (_, page) = include_str!("../../docs/privacy.md").split_once("## The map").unwrap();
        let shown: BTreeSet<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
        let ours: Vec<String> = all().map(|data| line(&data)).collect();
        let missing: Vec<&String> = ours.iter().filter(|line| !shown.contains(line.as_str())).collect();
        assert!(missing.is_empty(), "docs/privacy.md lacks:\n{}", missing.iter().map(|line| line.as_str()).collect::<Vec<_>>().join("\n"));
        assert_eq!(shown.len(), ours.len(), "docs/privacy.md shows what is not in the map");
    }

    #[test]
    fn every_pattern_of_keys_belongs_to_some_data() {
        let (main, live) = include_str!("../../shared/store/src/keys.rs").split_once("In the live table").unwrap();
        let prefixes = |table: &str, is_live: bool| -> Vec<(String, bool)> {
            let rows = table.lines().filter(|line| line.starts_with("//! | ") && line.contains("` / `"));
            let first = |line: &str| line.split('|').nth(2).and_then(|cell| cell.trim().strip_prefix('`')).map(|cell| cell[..2].to_owned());
            rows.filter_map(first).filter(|prefix| prefix.ends_with('#')).map(|prefix| (prefix, is_live)).collect()
        };
        let all: Vec<Data> = all().collect();
        let patterns: Vec<(String, bool)> = prefixes(main, false).into_iter().chain(prefixes(live, true)).collect();
        assert!(patterns.len() > 50, "{}", patterns.len());
        for (prefix, is_live) in patterns {
            let knows = |data: &&Data| data.keys.starts_with("live: ") == is_live && data.keys.contains(&format!("`{prefix}"));
            assert!(all.iter().any(|data| knows(&data)), "{prefix} (live: {is_live}) is in no row of the data map");
        }
    }

    #[test]
    fn names_are_said_once_and_notices_speak_of_what_there_is() {
        let names: BTreeSet<&str> = all().map(|data| data.name).collect();
        assert_eq!(names.len(), all().count());
        assert!(Kind::ALL.iter().all(|kind| of(*kind).name == kind.code()));
        for notice in crate::privacy::notices::all().unwrap() {
            for item in &notice.items {
                assert!(names.contains(item.as_str()), "{item}");
            }
        }
    }
}
