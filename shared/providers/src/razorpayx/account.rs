//! Our account at the provider: what lies there, and its statement.
//!
//! Source: `razorpay.md`, section 5.3, last paragraph. `amount` of a line is what was transferred;
//! `debit` and `credit` have the fees too, and add up to the balance.

use serde::Deserialize;

use super::client::Client;
use super::payouts::PayoutEntity;
use crate::call::{CallError, require};
use crate::razorpay::PaymentsBetween;
use crate::razorpay::wire::{COUNT_MAX, Collection, paise, paise_or_none, paise_or_zero};
use crate::wire::{absent, null_as_default, wire_enum};

wire_enum! {
    /// What a line of the statement belongs to.
    SourceKind {
        Payout = "payout",
        /// A payout's money that came back.
        Reversal = "reversal",
        /// Money that somebody put into the account, or took out of it.
        BankTransfer = "bank_transfer",
    }
}

/// A line of the statement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TransactionEntity {
    pub id: String,
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    #[serde(default, rename = "credit", deserialize_with = "paise_or_zero")]
    pub credit_paise: i64,
    #[serde(default, rename = "debit", deserialize_with = "paise_or_zero")]
    pub debit_paise: i64,
    /// After this line.
    #[serde(default, rename = "balance", deserialize_with = "null_as_default")]
    pub balance_paise: Option<i64>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub source: Source,
    /// Unix seconds.
    pub created_at: i64,
}

/// What moved the money of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Source {
    #[serde(default, deserialize_with = "absent")]
    pub id: Option<String>,
    #[serde(default, rename = "entity", deserialize_with = "absent")]
    pub kind: Option<SourceKind>,
    /// Of a reversal.
    #[serde(default, deserialize_with = "absent")]
    pub payout_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub utr: Option<String>,
    /// Of a bank transfer.
    #[serde(default, deserialize_with = "absent")]
    pub bank_reference: Option<String>,
}

impl TransactionEntity {
    /// The payout that it is about, out or back.
    #[must_use]
    pub fn payout_id(&self) -> Option<&str> {
        match self.source.kind {
            Some(SourceKind::Payout) => self.source.id.as_deref(),
            Some(SourceKind::Reversal) => self.source.payout_id.as_deref(),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct BalanceEntity {
    #[serde(default, deserialize_with = "absent")]
    account_number: Option<String>,
    #[serde(default, rename = "amount", deserialize_with = "null_as_default")]
    amount_paise: Option<i64>,
    #[serde(default, rename = "available_amount", deserialize_with = "paise_or_none")]
    available_paise: Option<i64>,
}

impl Client {
    /// `GET /banking_balances`: what lies in this account, in paise. `None` where the provider does
    /// not tell of this account.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn balance(&self, account_number: &str) -> Result<Option<i64>, CallError> {
        require(!account_number.is_empty(), "account_number", "is empty")?;
        let found: Collection<BalanceEntity> = self.get(&["banking_balances"], &[]).await?;
        let own = found.items.into_iter().find(|balance| balance.account_number.as_deref() == Some(account_number));
        Ok(own.and_then(|balance| balance.amount_paise.or(balance.available_paise)))
    }

    /// `GET /transactions`: a page of the statement, newest first.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn statement(&self, account_number: &str, page: PaymentsBetween) -> Result<Vec<TransactionEntity>, CallError> {
        let found: Collection<TransactionEntity> = self.page("transactions", account_number, page).await?;
        Ok(found.items)
    }

    /// `GET /payouts?from=…&to=…`: a page of the payouts that were made within a span of time.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn payouts(&self, account_number: &str, page: PaymentsBetween) -> Result<Vec<PayoutEntity>, CallError> {
        let found: Collection<PayoutEntity> = self.page("payouts", account_number, page).await?;
        Ok(found.items)
    }

    async fn page<T: serde::de::DeserializeOwned>(
        &self,
        list: &'static str,
        account_number: &str,
        page: PaymentsBetween,
    ) -> Result<Collection<T>, CallError> {
        require(!account_number.is_empty(), "account_number", "is empty")?;
        require((1..=COUNT_MAX).contains(&page.count), "count", "is not 1 to 100")?;
        require(page.from <= page.to, "from", "is after to")?;
        let numbers = [page.from, page.to, page.count.into(), page.skip.into()].map(|number| number.to_string());
        let [from, to, count, skip] = numbers.each_ref().map(String::as_str);
        self.get(&[list], &[("account_number", account_number), ("from", from), ("to", to), ("count", count), ("skip", skip)]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    fn client(server: &TestServer) -> Client {
        Client::new(server.url(), "rzp_test_1", Secret::new("secret").unwrap()).unwrap()
    }

    const PAGE: PaymentsBetween = PaymentsBetween { from: 1, to: 2, count: 100, skip: 0 };

    #[tokio::test]
    async fn a_statement_tells_which_payout_each_line_belongs_to() {
        let server = TestServer::answering(
            200,
            r#"{"entity":"collection","count":3,"items":[
              {"id":"txn_3","entity":"transaction","amount":500,"currency":"INR","credit":1090,"debit":0,"balance":9000,
               "source":{"id":"rvrsl_1","entity":"reversal","payout_id":"pout_1","amount":500,"utr":"null"},"created_at":3},
              {"id":"txn_2","amount":500,"credit":0,"debit":1090,"balance":7910,"source":{"id":"pout_1","entity":"payout","utr":"5232"},"created_at":2},
              {"id":"txn_1","amount":9000,"credit":9000,"debit":null,"source":{"id":"bt_1","entity":"bank_transfer","bank_reference":"N1"},"created_at":1}]}"#,
        )
        .await;
        let lines = client(&server).statement("7878", PAGE).await.unwrap();
        assert_eq!(lines.iter().map(TransactionEntity::payout_id).collect::<Vec<_>>(), [Some("pout_1"), Some("pout_1"), None]);
        assert_eq!((lines[0].credit_paise, lines[0].source.utr.as_deref(), lines[1].balance_paise), (1090, None, Some(7910)));
        assert_eq!((lines[2].debit_paise, lines[2].source.kind.clone()), (0, Some(SourceKind::BankTransfer)));
        assert_eq!(server.only_request().target, "/transactions?account_number=7878&from=1&to=2&count=100&skip=0");
    }

    #[tokio::test]
    async fn the_balance_is_that_of_our_own_account() {
        let server = TestServer::answering(
            200,
            r#"{"items":[{"account_number":"1","amount":5},{"account_number":"7878","amount":900,"available_amount":900}]}"#,
        )
        .await;
        assert_eq!(client(&server).balance("7878").await.unwrap(), Some(900));
        assert_eq!(client(&server).balance("9999").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_span_that_ends_before_it_begins_is_not_asked_for() {
        let server = TestServer::answering(200, "{}").await;
        let backwards = PaymentsBetween { from: 3, ..PAGE };
        assert!(client(&server).payouts("7878", backwards).await.unwrap_err().certainly_nothing_happened());
        assert!(client(&server).statement("", PAGE).await.is_err());
        assert!(server.requests().is_empty());
    }
}
