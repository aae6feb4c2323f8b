//! What a payment may be asked for with.

use jiff::Timestamp;
use serde::Deserialize;

use super::catalogue::{self, Biller, Exactness, Flow};
use super::fetch::{Agent, BillerId, Customer, Found};
use super::paper::Paper;
use super::{Bills, Refused};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    pub ref_id: Option<String>,
    agent: Option<Agent>,
    biller: Option<BillerId>,
    customer: Option<Customer>,
    pub payment_details: Details,
    remitter: Option<Remitter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    pub mode: String,
    pub amount: i64,
    #[serde(default)]
    pub cust_conv_fee: i64,
    pub payment_ref_id: String,
    pub timestamp: String,
    #[serde(default)]
    pub account_info: String,
    #[serde(default)]
    selected_payment_options: Vec<Chosen>,
}

#[derive(Deserialize)]
struct Chosen {
    name: String,
    amount: i64,
}

#[derive(Deserialize)]
struct Remitter {
    name: String,
}

/// What a payment is for.
pub struct Target {
    pub biller: &'static Biller,
    pub number: String,
    pub bill_number: Option<String>,
}

impl Ask {
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let ask: Self = serde_json::from_slice(bytes).map_err(|error| Refused::invalid(error.to_string()))?;
        let details = &ask.payment_details;
        let rules = [
            ((6..=35).contains(&details.payment_ref_id.chars().count()), "paymentDetails.paymentRefId should be 6 to 35 chars long"),
            (details.amount >= 1, "paymentDetails.amount should be greater than or equal to 1"),
            (details.cust_conv_fee >= 0, "paymentDetails.custConvFee should not be negative"),
            (ask.remitter.as_ref().is_some_and(|who| (1..=50).contains(&who.name.chars().count())), "remitter.name is mandatory"),
            (ask.timestamp().is_some(), "paymentDetails.timestamp must be of type date-time"),
        ];
        if let Some((_, rule)) = rules.into_iter().find(|(holds, _)| !holds) {
            return Err(Refused::invalid(rule));
        }
        // `WalletName|MobileNo`.
        let is_of_wallet = (12..=50).contains(&details.account_info.chars().count())
            && details.account_info.split_once('|').is_some_and(|(name, mobile)| !name.is_empty() && !mobile.is_empty());
        match details.mode.as_str() {
            "Wallet" if is_of_wallet => Ok(ask),
            "Wallet" => Err(Refused::invalid("paymentDetails.accountInfo should be WalletName|MobileNo")),
            _ => Err(Refused::bad("invalid-payment-mode", "Invalid payment mode for payment.")),
        }
    }

    pub fn timestamp(&self) -> Option<Timestamp> {
        self.payment_details.timestamp.parse().ok()
    }

    /// The payer's mobile: told with a direct payment, else the account's.
    pub fn mobile(&self) -> String {
        let of_wallet = self.payment_details.account_info.split_once('|').map_or("", |(_, mobile)| mobile);
        self.customer.as_ref().map_or(of_wallet, |customer| customer.mobile.as_str()).to_owned()
    }

    /// Finds what is to be paid, and whether so much may be.
    pub fn target(&self, bills: &Bills, agent_id: &str) -> Result<Target, Refused> {
        let amount = self.payment_details.amount;
        let (target, paper) = match &self.ref_id {
            Some(ref_id) => {
                let fetch = bills.fetches.get(ref_id).ok_or_else(|| Refused::bad("invalid-ref-id", "Invalid reference ID."))?;
                let biller = catalogue::find(fetch.biller).ok_or_else(|| Refused::bad("invalid-biller-id", "Invalid biller Id."))?;
                let paper = match &fetch.found {
                    Found::Processing => return Err(Refused::bad("fetch-in-progress", "Fetch request is still in progress.")),
                    Found::Refused { .. } => return Err(Refused::bad("invalid-payment-request", "Payment request is invalid.")),
                    Found::Known => None,
                    Found::Bill(paper) => Some(paper.as_ref()),
                };
                // A bill that was fetched is paid once; another try wants another fetch.
                if bills.payments.oldest_first().any(|payment| payment.fetch.as_ref() == Some(ref_id)) {
                    return Err(Refused::bad("invalid-payment-request", "Payment request is invalid."));
                }
                let bill_number = paper.map(|paper| paper.number.clone());
                (Target { biller, number: fetch.number.clone(), bill_number }, paper)
            }
            None => (self.direct(agent_id)?, None),
        };
        self.take(amount, target.biller, paper)?;
        Ok(target)
    }

    fn direct(&self, agent_id: &str) -> Result<Target, Refused> {
        let (Some(agent), Some(biller), Some(customer)) = (&self.agent, &self.biller, &self.customer) else {
            return Err(Refused::invalid("refId, or agent, biller and customer, are mandatory"));
        };
        agent.check(agent_id)?;
        let biller = catalogue::find(&biller.id).ok_or_else(|| Refused::bad("invalid-biller-id", "Invalid biller Id."))?;
        if biller.flow != Flow::Direct {
            let message = "This biller does not support pay without doing fetch/validation first.";
            return Err(Refused::bad("direct-pay-not-allowed", message));
        }
        Ok(Target { biller, number: customer.check(biller)?, bill_number: None })
    }

    fn take(&self, amount: i64, biller: &Biller, paper: Option<&Paper>) -> Result<(), Refused> {
        let refused = || Refused::bad("invalid-amount", "Amount is invalid for this payment. Exactness does not match.");
        if !(biller.wallet.0..=biller.wallet.1).contains(&amount) {
            return Err(refused());
        }
        let Some(paper) = paper else { return Ok(()) };
        if let [chosen] = self.payment_details.selected_payment_options.as_slice() {
            let is_offered = paper.options.iter().any(|(name, offered)| *name == chosen.name && *offered == chosen.amount);
            return if is_offered && chosen.amount == amount { Ok(()) } else { Err(refused()) };
        }
        let fits = match biller.exactness {
            Exactness::Exact => amount == paper.amount,
            Exactness::ExactAndAbove => amount >= paper.amount,
            Exactness::ExactAndBelow => amount <= paper.amount,
            Exactness::Range => (paper.min.unwrap_or(0)..=paper.max.unwrap_or(i64::MAX)).contains(&amount),
            Exactness::Any => true,
        };
        if fits { Ok(()) } else { Err(refused()) }
    }
}
