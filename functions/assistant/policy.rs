//! What may be proposed, by whom and within which limits: `policy.json`, checked when it is read.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::OnceLock};
use understanding::Command;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[allow(dead_code, reason = "it is for whoever reads the file")]
    about: String,
    /// The largest amount that is an amount at all, in paise; the ledger's own limits are lower.
    pub amount_max: i64,
    /// From how much on a yes is not enough, in paise.
    pub pin_from: i64,
    pub count_max: u32,
    /// The longest text that is read.
    pub text_chars_max: usize,
    /// The longest value of a slot.
    pub slot_chars_max: usize,
    pub commands: BTreeMap<String, Rule>,
}

/// What holds of one command.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// In a line, as a model is told.
    pub about: String,
    pub needs: Needs,
    pub slots: Vec<String>,
    #[serde(default)]
    pub grounded: Vec<String>,
}

/// What a command takes before it is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    Nothing,
    Question,
    Confirmation,
}

impl Policy {
    /// The policy that Kamai was built with. A test reads the same file, so that none is refused here.
    ///
    /// # Errors
    ///
    /// Where the file is none.
    pub fn built_in() -> Result<&'static Self, String> {
        static BUILT_IN: OnceLock<Result<Policy, String>> = OnceLock::new();
        let read = || serde_json::from_str(include_str!("policy.json")).map_err(|error| error.to_string());
        BUILT_IN.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The rule of a command; none is allowed without.
    pub fn rule(&self, command: Command) -> Option<&Rule> {
        self.commands.get(command.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of all slots that the built-in understanding fills.
    const SLOTS: &[&str] = &[
        "amount",
        "payee",
        "phone",
        "vpa",
        "from_account",
        "to_account",
        "account",
        "biller",
        "category",
        "platform",
        "source",
        "bank",
        "goal",
        "date",
        "period",
        "count",
        "direction",
        "city",
        "area",
        "scheme",
        "language",
        "year",
        "every",
        "number",
        "all",
        "note",
        "format",
        "on",
        "stop",
        "topic",
        "hour",
    ];

    #[test]
    fn every_command_has_its_rule_and_no_rule_is_of_none() {
        let policy = Policy::built_in().unwrap();
        for command in Command::ALL {
            assert!(policy.rule(*command).is_some(), "{command}");
        }
        assert_eq!(policy.commands.len(), Command::ALL.len());
    }

    #[test]
    fn what_moves_money_takes_a_confirmation_and_its_words_from_the_user() {
        let policy = Policy::built_in().unwrap();
        for command in Command::ALL {
            let rule = policy.rule(*command).unwrap();
            assert_eq!(rule.needs == Needs::Confirmation, command.moves_money(), "{command}");
            for slot in ["amount", "vpa", "phone", "payee", "number"] {
                let is_used = rule.slots.iter().any(|known| known == slot);
                let is_grounded = rule.grounded.iter().any(|known| known == slot);
                assert!(!command.moves_money() || !is_used || is_grounded, "{command}: {slot}");
            }
            assert!(rule.slots.iter().all(|slot| SLOTS.contains(&slot.as_str())), "{command}");
            assert!(rule.grounded.iter().all(|slot| rule.slots.contains(slot)), "{command}");
        }
        assert!(policy.pin_from > 0 && policy.pin_from < policy.amount_max);
    }
}
