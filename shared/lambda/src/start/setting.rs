//! Settings: environment variables that the infrastructure gives a function.

use super::app::StartError;

/// A setting without which the function does not start.
pub fn setting(name: &str) -> Result<String, StartError> {
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => Ok(value),
        Ok(_) | Err(_) => Err(StartError::new(format!("the setting {name} is missing"))),
    }
}

/// A setting that has a value of ours where none is given.
pub fn setting_or(name: &str, default: &str) -> String {
    std::env::var(name).ok().filter(|value| !value.is_empty()).unwrap_or_else(|| default.to_owned())
}
