//! A payment, and which of its states follows which.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::steering::Fate;
use crate::clock;
use crate::shelf::Shelved;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Processing,
    Success,
    Failure,
    #[serde(rename = "Credit_Adjustment")]
    CreditAdjustment,
}

impl Status {
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Processing => next != Self::Processing,
            Self::Success => next == Self::CreditAdjustment,
            Self::Failure | Self::CreditAdjustment => false,
        }
    }
}

#[derive(Clone)]
pub struct Payment {
    pub ref_id: String,
    /// The agent's own.
    pub reference: String,
    pub fetch: Option<String>,
    pub biller: &'static str,
    pub number: String,
    pub bill_number: Option<String>,
    pub mobile: String,
    pub amount: i64,
    pub fee: i64,
    pub mode: String,
    pub account_info: String,
    /// The agent's, as it was written, and the Indian day of it.
    pub timestamp: String,
    pub day: jiff::civil::Date,
    pub status: Status,
    pub failure: Option<&'static str>,
    pub transaction_id: Option<String>,
    /// `Required`, then `Processed`: how far the money's way back is.
    pub refund: Option<&'static str>,
    pub fate: Fate,
    /// Unix seconds of the request.
    pub asked_at: i64,
    pub history: Vec<(Status, String)>,
}

impl Shelved for Payment {
    fn id(&self) -> &str {
        &self.ref_id
    }
}

impl Payment {
    pub fn become_status(&mut self, status: Status) {
        self.status = status;
        self.history.push((status, clock::rfc3339()));
    }

    /// What left the wallet.
    pub fn charged(&self) -> i64 {
        self.amount + self.fee
    }

    /// As the agent asks for it, and as webhooks tell it.
    pub fn view(&self) -> Value {
        let mut view = json!({
            "refId": self.ref_id,
            "status": self.status,
            "billerId": self.biller,
            "paymentDetails": {
                "mode": self.mode,
                "amount": self.amount,
                "paymentRefId": self.reference,
                "timestamp": self.timestamp,
                "accountInfo": self.account_info,
            },
        });
        if let Some(transaction_id) = &self.transaction_id {
            view["transactionId"] = json!(transaction_id);
            view["billerRefId"] = json!(self.ref_id.get(..10));
        }
        if let Some(code) = self.failure {
            view["failureReason"] = json!({ "code": code, "message": "Biller not accepting payments at the moment", "type": "BBPS" });
        }
        view
    }

    /// As a list has it, where a failure is called an error.
    pub fn line(&self) -> Value {
        json!({
            "refId": self.ref_id,
            "paymentRefId": self.reference,
            "status": if self.status == Status::Failure { json!("Error") } else { json!(self.status) },
            "amount": self.amount,
            "custConvFee": self.fee,
            "billerId": self.biller,
            "mobile": self.mobile,
            "timestamp": self.timestamp,
            "transactionId": self.transaction_id,
            "refundStatus": self.refund,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{self, *};

    #[test]
    fn states_move_forward_only() {
        let all = [Processing, Success, Failure, CreditAdjustment];
        let moves: Vec<(Status, Status)> =
            all.into_iter().flat_map(|from| all.into_iter().map(move |to| (from, to))).filter(|(from, to)| from.may_become(*to)).collect();
        assert_eq!(moves, [(Processing, Success), (Processing, Failure), (Processing, CreditAdjustment), (Success, CreditAdjustment)]);
    }
}
