//! One line that says what is being measured, where somebody looks on.

use std::io::{IsTerminal, Write, stderr};

pub struct Progress {
    shown: bool,
}

impl Progress {
    pub fn on_stderr() -> Self {
        Self { shown: stderr().is_terminal() }
    }

    pub fn say(&self, what: &str) {
        if self.shown {
            let _ = write!(stderr(), "\r\x1b[K  {what}");
            let _ = stderr().flush();
        }
    }

    pub fn clear(&self) {
        self.say("");
        if self.shown {
            let _ = write!(stderr(), "\r");
        }
    }
}
