//! What a money command brings besides its body: the key that makes it run once, and whether to
//! run it at all.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use super::code;
use super::problem::Problem;
use super::request::Request;

pub const KEY_CHARS_MAX: usize = 255;

/// A client's own name for one command: 1 to 255 visible ASCII characters, taken as they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// # Errors
    ///
    /// 400 `idempotency_key_required` without the header, `idempotency_key_invalid` for a value
    /// that is none.
    pub fn of(request: &Request) -> Result<Self, Problem> {
        let Some(value) = request.header("idempotency-key") else {
            return Err(Problem::new(
                code::IDEMPOTENCY_KEY_REQUIRED,
                "Send an `Idempotency-Key` header, a new one for each command and the same for each retry of it.",
            ));
        };
        Self::parse(value)
    }

    pub fn parse(value: &str) -> Result<Self, Problem> {
        let valid = (1..=KEY_CHARS_MAX).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
        if !valid {
            return Err(Problem::new(
                code::IDEMPOTENCY_KEY_INVALID,
                format!("`Idempotency-Key` must have 1 to {KEY_CHARS_MAX} visible ASCII characters, and no space."),
            ));
        }
        Ok(Self(value.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The query of a money command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoneyQuery {
    /// Answers what the command would do, and does nothing.
    #[serde(default)]
    pub dry_run: bool,
}

#[cfg(test)]
mod tests {
    use super::super::request::Request;

    #[test]
    fn a_key_is_taken_as_it_is() {
        for key in ["a", "3f2b-…".trim_end_matches('…'), "a,b", &"x".repeat(255)] {
            let request = Request::post("/").header("Idempotency-Key", key).build();
            assert_eq!(request.idempotency_key().unwrap().as_str(), key);
        }
    }

    #[test]
    fn no_key_and_no_valid_key_are_told_apart() {
        let code = |request: Request| request.idempotency_key().unwrap_err().code().name;
        assert_eq!(code(Request::post("/").build()), "idempotency_key_required");
        for key in ["", " ", "a b", " a", "a\t", "é", &"x".repeat(256)] {
            assert_eq!(code(Request::post("/").header("idempotency-key", key).build()), "idempotency_key_invalid");
        }
    }

    #[test]
    fn a_dry_run_is_true_or_false_and_nothing_else() {
        let dry_run = |query: &str| Request::post("/").query(query).build().dry_run();
        assert!(!dry_run("").unwrap());
        assert!(dry_run("dry_run=true").unwrap());
        assert!(!dry_run("dry_run=false").unwrap());
        for query in ["dry_run=1", "dry_run=True", "dry_run=", "dry_run", "dryrun=true", "dry_run=true&dry_run=false"] {
            assert_eq!(dry_run(query).unwrap_err().status(), 400, "{query}");
        }
    }
}
