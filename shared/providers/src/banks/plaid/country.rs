//! Where Plaid has banks.

/// Source: `banks.md`, section 0, from Plaid's own list. India is not in it.
const SERVED: [&str; 20] =
    ["US", "GB", "ES", "NL", "FR", "IE", "CA", "DE", "IT", "PL", "DK", "NO", "SE", "EE", "LT", "LV", "PT", "BE", "AT", "FI"];

/// Whether it has banks in the country of this code (ISO 3166-1, two letters).
#[must_use]
pub fn is_served(country_code: &str) -> bool {
    SERVED.contains(&country_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn india_is_not_served() {
        assert!(is_served("US") && is_served("LV"));
        assert!(!is_served("IN") && !is_served("us") && !is_served(""));
    }
}
