//! What data are asked for.

use serde::{Deserialize, Serialize};

/// One of ReBIT's purposes, with the text that it is published with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    pub code: PurposeCode,
    #[serde(rename = "refUri")]
    pub ref_uri: String,
    pub text: String,
    #[serde(rename = "Category")]
    pub category: PurposeCategory,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposeCategory {
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PurposeCode {
    #[serde(rename = "101")]
    WealthManagement,
    #[serde(rename = "102")]
    SpendingPatterns,
    #[serde(rename = "103")]
    AggregatedStatement,
    #[serde(rename = "104")]
    Monitoring,
    #[serde(rename = "105")]
    OneTime,
}

impl PurposeCode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WealthManagement => "101",
            Self::SpendingPatterns => "102",
            Self::AggregatedStatement => "103",
            Self::Monitoring => "104",
            Self::OneTime => "105",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Self::WealthManagement => "Wealth management service",
            Self::SpendingPatterns => "Customer spending patterns, budget or other reportings",
            Self::AggregatedStatement => "Aggregated statement",
            Self::Monitoring => "Explicit consent to monitor the accounts",
            Self::OneTime => "Explicit one-time consent for accessing data",
        }
    }
}

impl Purpose {
    /// `category` is a setting: the names are verified for 101, 102 ("Personal Finance") and 105
    /// ("Account Query and Monitoring") only.
    pub fn new(code: PurposeCode, category: &str) -> Self {
        Self {
            code,
            ref_uri: format!("https://api.rebit.org.in/aa/purpose/{}.xml", code.as_str()),
            text: code.text().to_owned(),
            category: PurposeCategory { kind: category.to_owned() },
        }
    }
}
