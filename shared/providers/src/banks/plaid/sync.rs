//! Entries since a cursor.
//!
//! Source: `banks.md`, 3.4. A cursor within a reading is worth nothing: where what lies behind the
//! pages changes meanwhile, Plaid says so and all of them are read again, from where the reading
//! began.

use bank_feed::{Changes, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::wire::{WireAccount, WireEntry, WireRemoved};
use super::{Client, errors};
use crate::banks::{BankError, wrong};
use crate::call::require;
use crate::secret::Secret;
use crate::standing::{self, Standing};
use crate::wire::{absent, null_as_default, wire_enum};

/// The most that a page may hold.
const PAGE_ENTRIES: u32 = 500;

/// Two years of an account where something happens every half an hour.
const PAGES_MAX: usize = 100;

/// How often a reading is begun that is always overtaken by changes.
const READINGS_MAX: usize = 4;

/// \[V\] Base64, of at most so many characters.
const CURSOR_CHARS_MAX: usize = 256;

#[derive(Deserialize)]
struct Page {
    added: Vec<WireEntry>,
    modified: Vec<WireEntry>,
    removed: Vec<WireRemoved>,
    #[serde(deserialize_with = "absent")]
    next_cursor: Option<String>,
    has_more: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    accounts: Vec<WireAccount>,
    #[serde(default, deserialize_with = "absent")]
    transactions_update_status: Option<Status>,
}

wire_enum! {
    Status {
        Historical = "HISTORICAL_UPDATE_COMPLETE",
        Initial = "INITIAL_UPDATE_COMPLETE",
        NotReady = "NOT_READY",
    }
}

#[derive(Deserialize)]
struct AccountsReply {
    accounts: Vec<WireAccount>,
    #[serde(default)]
    item: Option<Item>,
}

#[derive(Deserialize)]
struct Item {
    #[serde(default, deserialize_with = "absent")]
    institution_name: Option<String>,
}

enum Reading {
    Whole(Box<Changes>),
    Overtaken,
}

impl Client {
    /// `/accounts/get`, then `/transactions/sync` from the cursor to its end.
    ///
    /// A history that is not whole yet is [`State::Preparing`], with what there is of it.
    ///
    /// # Errors
    ///
    /// [`BankError`]; [`BankError::TryLater`] where changes overtake every reading.
    pub async fn changes(&self, access: &Secret, cursor: Option<&str>, standing: &dyn Standing) -> Result<Changes, BankError> {
        require(cursor.is_none_or(|cursor| (1..=CURSOR_CHARS_MAX).contains(&cursor.len())), "cursor", "is not 1 to 256 characters")?;
        let known: AccountsReply = self.post(&["accounts", "get"], &json!({ "access_token": access.expose() })).await?;
        let bank = known.item.and_then(|item| item.institution_name).unwrap_or_else(|| "Bank".to_owned());
        for _ in 0..READINGS_MAX {
            if let Reading::Whole(mut changes) = self.read_pages(access, cursor, &bank, standing).await? {
                if changes.accounts.is_empty() {
                    changes.accounts = known.accounts.into_iter().map(|account| account.read(&bank)).collect::<Result<_, _>>()?;
                }
                return Ok(*changes);
            }
        }
        Err(BankError::TryLater { after_ms: None })
    }

    async fn read_pages(&self, access: &Secret, start: Option<&str>, bank: &str, standing: &dyn Standing) -> Result<Reading, BankError> {
        let mut changes = Changes {
            accounts: Vec::new(),
            added: Vec::new(),
            modified: Vec::new(),
            removed: Vec::new(),
            cursor: start.map(str::to_owned),
            state: State::Preparing,
        };
        for _ in 0..PAGES_MAX {
            standing::require(standing, BankError::EndedMeanwhile).await?;
            let mut body: Value = json!({ "access_token": access.expose(), "count": PAGE_ENTRIES });
            if let Some(cursor) = &changes.cursor {
                body["cursor"] = cursor.as_str().into();
            }
            let answer = self.answer(&["transactions", "sync"], &body).await?;
            if errors::code(&answer) == errors::MUTATION {
                return Ok(Reading::Overtaken);
            }
            let page: Page = errors::weigh(answer)?;
            let has_more = page.has_more;
            page.add_to(&mut changes, bank)?;
            if !has_more {
                return Ok(Reading::Whole(Box::new(changes)));
            }
        }
        Err(wrong("has_more"))
    }
}

impl Page {
    fn add_to(self, changes: &mut Changes, bank: &str) -> Result<(), BankError> {
        for (entries, list) in [(self.added, &mut changes.added), (self.modified, &mut changes.modified)] {
            for entry in entries {
                list.extend(entry.read()?);
            }
        }
        changes.removed.extend(self.removed.into_iter().map(Into::into));
        if !self.accounts.is_empty() {
            changes.accounts = self.accounts.into_iter().map(|account| account.read(bank)).collect::<Result<_, _>>()?;
        }
        let cursor = self.next_cursor;
        if cursor.as_ref().is_some_and(|cursor| cursor.len() > CURSOR_CHARS_MAX) || self.has_more && cursor.is_none() {
            return Err(wrong("next_cursor"));
        }
        // Empty while nothing is ready.
        changes.cursor = cursor.or(changes.cursor.take());
        changes.state = match self.transactions_update_status {
            Some(Status::Historical) => State::Complete,
            Some(Status::Initial | Status::NotReady | Status::Other(_)) | None => State::Preparing,
        };
        Ok(())
    }
}
