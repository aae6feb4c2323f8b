//! What either side says when it refuses.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::time;

/// The body of every answer that is no success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    pub ver: String,
    #[serde(with = "time::wire")]
    pub timestamp: Timestamp,
    #[serde(default)]
    pub txnid: String,
    #[serde(rename = "errorCode")]
    pub error_code: String,
    #[serde(rename = "errorMsg", default)]
    pub error_msg: String,
}

macro_rules! error_codes {
    ($($code:ident = $status:literal $text:literal,)+) => {
        /// ReBIT's words for what is wrong, each with the HTTP status that it comes with.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorCode { $($code,)+ }

        impl ErrorCode {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$code => $text,)+ }
            }

            pub fn status(self) -> u16 {
                match self { $(Self::$code => $status,)+ }
            }

            /// `None` for a word that is not known here: aggregators have more of their own.
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$code),)+ _ => None }
            }
        }
    };
}

error_codes! {
    InvalidRequest = 400 "InvalidRequest",
    InvalidUri = 400 "InvalidURI",
    InvalidSecurity = 400 "InvalidSecurity",
    SignatureDoesNotMatch = 400 "SignatureDoesNotMatch",
    InvalidNotifier = 400 "InvalidNotifier",
    InvalidCustomerAddress = 400 "InvalidCustomerAddress",
    InvalidConsentPurpose = 400 "InvalidConsentPurpose",
    InvalidKey = 400 "InvalidKey",
    InvalidDateRange = 400 "InvalidDateRange",
    InvalidConsentId = 400 "InvalidConsentId",
    InvalidConsentStatus = 400 "InvalidConsentStatus",
    InvalidConsentDetail = 400 "InvalidConsentDetail",
    InvalidConsentUse = 400 "InvalidConsentUse",
    InvalidSessionId = 400 "InvalidSessionId",
    InvalidFipId = 400 "InvalidFIPId",
    Unauthorized = 401 "Unauthorized",
    DataFetchRequestInProgress = 403 "DataFetchRequestInProgress",
    ConsentExpired = 403 "ConsentExpired",
    ConsentRevoked = 403 "ConsentRevoked",
    ConsentPaused = 403 "ConsentPaused",
    NoSuchVersion = 404 "NoSuchVersion",
    NoDataFound = 404 "NoDataFound",
    IdempotencyError = 409 "IdempotencyError",
    DataGone = 410 "DataGone",
    PreconditionFailed = 412 "PreconditionFailed",
    InternalError = 500 "InternalError",
    NotImplemented = 501 "NotImplemented",
    ServiceUnavailable = 503 "ServiceUnavailable",
}

impl ErrorBody {
    pub fn new(ver: &str, now: Timestamp, txnid: &str, code: ErrorCode, message: &str) -> Self {
        Self {
            ver: ver.to_owned(),
            timestamp: now,
            txnid: txnid.to_owned(),
            error_code: code.as_str().to_owned(),
            error_msg: message.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written() {
        assert_eq!(ErrorCode::from_text("InvalidFIPId"), Some(ErrorCode::InvalidFipId));
        assert_eq!((ErrorCode::InvalidUri.as_str(), ErrorCode::DataGone.status()), ("InvalidURI", 410));
        assert_eq!(ErrorCode::from_text("Teapot"), None);
    }
}
