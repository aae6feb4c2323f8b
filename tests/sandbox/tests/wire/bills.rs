//! Bills over Bharat Connect, by the client that meets them in life.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use providers::bills::{
    Agent, AmountOption, Biller, Category, Client, ComplaintReason, ComplaintStatus, Customer, EventKind, Exactness, FailureClass, Fetch,
    FetchRequirement, FetchedBill, NewComplaint, NewPayment, PayFor, Payment, PaymentLookup, PaymentMode, PaymentStatus, RefundStatus,
    Setup, Theirs, parse_event,
};
use providers::call::{CallError, Doubt, Http, Timeouts};
use providers::secret::Secret;
use providers::signature::{Secrets, verify};
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Stage, eventually};

const MOBILE: &str = "9876543210";
const REFERENCE: &str = "bill_01J9ZK3N4PQ5R6S7T8V9W0X1Y2";

struct Shop {
    stage: Stage,
    client: Client,
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl Shop {
    async fn open() -> Result<Self> {
        let stage = Stage::set().await?;
        let config = &stage.config.bills;
        let details = [("ip", "203.0.113.7"), ("mac", "48-4D-7E-CB-DB-6F")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let setup = Setup {
            base_url: &format!("{}/api/v2", stage.sandbox.url()),
            client_id: &config.client_id,
            client_secret: Secret::new(&config.client_secret)?,
            partner_id: &config.partner_id,
            agent: Agent { id: config.agent_id.clone(), channel: "INT".to_owned(), details: details.into() },
            wallet: "Kamai",
        };
        let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(5) };
        let client = Client::with_http(Http::new(timeouts)?, setup)?;
        Ok(Self { stage, client })
    }

    async fn biller(&self, id: &str) -> Result<Biller> {
        self.client.biller(id, now()).await?.context("no such biller")
    }

    /// What the biller says of this customer in the end.
    async fn ask(&self, biller_id: &str, params: &[(&str, &str)]) -> Result<Fetch> {
        let ref_id = self.client.request_fetch(biller_id, &Customer { mobile: MOBILE, params }, now()).await?;
        eventually(async || match self.client.fetched(&ref_id, now()).await? {
            Fetch::Processing => Ok(None),
            found => Ok(Some(found)),
        })
        .await
    }

    async fn bescom(&self, number: &str) -> Result<Box<FetchedBill>> {
        match self.ask("BESCOM000KAR01", &[("Account ID", number)]).await? {
            Fetch::Ready(fetched) => Ok(fetched),
            other => bail!("{other:?}"),
        }
    }

    async fn pay(&self, reference: &str, fetched: &FetchedBill, amount_paise: i64) -> Result<Payment, CallError> {
        self.client.pay(&of(reference, fetched, amount_paise), now()).await
    }

    /// Pays a bill of this number, and gives what becomes of it.
    async fn paid(&self, number: &str, status: PaymentStatus) -> Result<Payment> {
        let fetched = self.bescom(number).await?;
        let taken = self.pay(REFERENCE, &fetched, due(&fetched)).await?;
        assert_eq!(taken.status, PaymentStatus::Pending);
        self.becomes(&taken.ref_id, status).await
    }

    async fn becomes(&self, ref_id: &str, status: PaymentStatus) -> Result<Payment> {
        eventually(async || {
            let payment = self.client.payment(ref_id, now()).await?;
            Ok((payment.status == status).then_some(payment))
        })
        .await
    }

    async fn inside(&self) -> Result<Value> {
        Ok(self.stage.control(Method::GET, "/state/bills", Value::Null).await?.ok())
    }

    async fn balance(&self) -> Result<i64> {
        Ok(self.inside().await?["balance"].as_i64().context("no balance")? - self.stage.config.bills.opening_balance)
    }
}

fn due(fetched: &FetchedBill) -> i64 {
    fetched.bill.as_ref().map_or(0, providers::bills::Bill::amount_paise)
}

fn of<'a>(reference: &'a str, fetched: &'a FetchedBill, amount_paise: i64) -> NewPayment<'a> {
    NewPayment {
        reference,
        of: PayFor::Fetched(&fetched.ref_id),
        amount_paise,
        fee_paise: 0,
        option: None,
        payer_name: "Ravi Kumar",
        mobile: MOBILE,
        paid_at: now(),
    }
}

fn lookup() -> PaymentLookup<'static> {
    PaymentLookup { reference: REFERENCE, mobile: MOBILE, paid_at: now() }
}

#[tokio::test]
async fn every_biller_of_the_catalogue_is_understood() -> Result<()> {
    let shop = Shop::open().await?;
    let page = shop.client.billers(None, None, now()).await?;
    assert_eq!((page.billers.len(), page.unreadable, page.after), (15, 0, None));
    for biller in &page.billers {
        assert!(!matches!(biller.category, Category::Other(_)), "{}", biller.id);
        assert!(biller.active && biller.accepts(&PaymentMode::Wallet, 50_000).is_ok(), "{}", biller.id);
    }
    let power = shop.client.billers(Some(&Category::Electricity), None, now()).await?;
    assert_eq!(
        power.billers.iter().map(|biller| biller.id.as_str()).collect::<Vec<_>>(),
        ["BESCOM000KAR01", "MAHA00000MAH01", "TATAPWR00DEL01", "TNEB00000TND01"]
    );
    let msedcl = shop.biller("MAHA00000MAH01").await?;
    assert_eq!((msedcl.fetch_requirement(), msedcl.exactness), (FetchRequirement::Mandatory, Exactness::Exact));
    assert!(msedcl.check(&[("Consumer No", "123456789012"), ("BU", "4321")]).is_ok());
    assert_eq!(shop.client.biller("NOBODY0000NAT1", now()).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_bill_is_fetched_and_paid_and_is_not_due_any_more() -> Result<()> {
    let shop = Shop::open().await?;
    let fetched = shop.bescom("1234567890").await?;
    assert_eq!(shop.bescom("1234567890").await?.bill, fetched.bill, "the same question has the same answer");
    assert!(fetched.accepts(due(&fetched), None).is_ok() && fetched.accepts(due(&fetched) + 1, None).is_err());

    let paid = shop.paid("1234567890", PaymentStatus::Success).await?;
    assert_eq!((paid.reference.as_deref(), paid.amount_paise), (Some(REFERENCE), Some(due(&fetched))));
    assert_eq!(paid.transaction_id.as_deref().map(str::len), Some(20));
    assert_eq!(shop.balance().await?, -due(&fetched));
    let Fetch::Refused(failure) = shop.ask("BESCOM000KAR01", &[("Account ID", "1234567890")]).await? else { bail!("still due") };
    assert_eq!(failure.class(), FailureClass::NoBillDue);
    Ok(())
}

#[tokio::test]
async fn what_a_biller_refuses_is_told_apart() -> Result<()> {
    let shop = Shop::open().await?;
    for (number, class) in [
        ("1234569901", FailureClass::NoBillDue),
        ("1234569902", FailureClass::WrongNumber),
        ("1234569903", FailureClass::BillerDown),
        ("1234569908", FailureClass::AccountNotOpen),
    ] {
        let Fetch::Refused(failure) = shop.ask("BESCOM000KAR01", &[("Account ID", number)]).await? else { bail!("{number}") };
        assert_eq!(failure.class(), class, "{number}");
        assert!(failure.message.is_none_or(|message| is_tame(&message)), "{number}");
    }
    let ref_id =
        shop.client.request_fetch("BESCOM000KAR01", &Customer { mobile: MOBILE, params: &[("Account ID", "1234569910")] }, now()).await?;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(shop.client.fetched(&ref_id, now()).await?, Fetch::Processing);
    let wrong = Customer { mobile: MOBILE, params: &[("Account ID", "12")] };
    assert!(shop.client.request_fetch("BESCOM000KAR01", &wrong, now()).await.is_err_and(|error| error.certainly_nothing_happened()));
    Ok(())
}

fn is_tame(text: &Theirs) -> bool {
    let text = text.as_str();
    text.chars().count() <= Theirs::CHARS_MAX && !text.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{200b}'))
}

#[tokio::test]
async fn a_bill_with_hostile_texts_is_tame_once_it_was_read() -> Result<()> {
    let shop = Shop::open().await?;
    let fetched = shop.bescom("1234569909").await?;
    let name = fetched.bill.as_ref().and_then(|bill| bill.customer_name.clone()).context("no name")?;
    assert!(is_tame(&name) && fetched.more.iter().all(|(name, value)| is_tame(name) && is_tame(value)));
    assert_eq!(fetched.more.len(), 1);
    Ok(())
}

#[tokio::test]
async fn the_same_reference_never_pays_twice() -> Result<()> {
    let shop = Shop::open().await?;
    let fetched = shop.bescom("1234567890").await?;
    let payment = of(REFERENCE, &fetched, due(&fetched));
    let (one, two) = tokio::try_join!(shop.client.pay(&payment, now()), shop.client.pay(&payment, now()))?;
    assert_eq!(one.ref_id, two.ref_id);
    shop.becomes(&one.ref_id, PaymentStatus::Success).await?;
    let again = shop.client.pay(&payment, now()).await?;
    assert_eq!((again.ref_id, again.status), (one.ref_id, PaymentStatus::Success), "the first one, as it is now");

    let other = shop.bescom("1234567891").await?;
    let error = shop.pay(REFERENCE, &other, due(&other)).await.err().context("paid")?;
    assert_eq!(error, CallError::Unknown { why: Doubt::KeyReused });
    assert_eq!(shop.inside().await?["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(shop.balance().await?, -due(&fetched));
    Ok(())
}

#[tokio::test]
async fn customers_steer_what_becomes_of_their_payments() -> Result<()> {
    for (number, status, back) in [
        ("1234569904", PaymentStatus::Success, false),
        ("1234569905", PaymentStatus::Failure, true),
        ("1234569907", PaymentStatus::Reversed, true),
        ("1234569912", PaymentStatus::Reversed, true),
    ] {
        let shop = Shop::open().await?;
        let paid = shop.paid(number, status.clone()).await?;
        let left = if back { 0 } else { -paid.amount_paise.context("no amount")? };
        eventually(async || Ok((shop.balance().await? == left).then_some(()))).await.context(number)?;
        let found = shop.client.status(&lookup(), now()).await?.context("not found")?;
        assert_eq!((&found.ref_id, &found.status), (&paid.ref_id, &status), "{number}");
        if status == PaymentStatus::Failure {
            assert_eq!(found.refund, Some(RefundStatus::Processed));
            assert_eq!(paid.failure.map(|failure| failure.class()), Some(FailureClass::BillerDown));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_payment_that_nobody_told_of_is_found_by_our_reference() -> Result<()> {
    let shop = Shop::open().await?;
    assert_eq!(shop.client.status(&lookup(), now()).await?, None);
    let fetched = shop.bescom("1234569906").await?;
    let error = shop.pay(REFERENCE, &fetched, due(&fetched)).await.err().context("told")?;
    assert!(!error.certainly_nothing_happened() && error.retryable());
    let found = shop.client.status(&lookup(), now()).await?.context("not found")?;
    shop.becomes(&found.ref_id, PaymentStatus::Success).await?;
    let again = shop.pay(REFERENCE, &fetched, due(&fetched)).await?;
    assert_eq!(again.ref_id, found.ref_id);
    assert_eq!(shop.balance().await?, -due(&fetched));
    Ok(())
}

#[tokio::test]
async fn a_payment_that_failed_is_tried_again_with_a_new_fetch_only() -> Result<()> {
    let shop = Shop::open().await?;
    let first = shop.paid("1234569905", PaymentStatus::Failure).await?;
    let fetched = shop.bescom("1234569905").await?;
    let second = shop.pay(REFERENCE, &fetched, due(&fetched)).await?;
    assert_ne!(second.ref_id, first.ref_id);
    let another = shop.pay("bill_another", &fetched, due(&fetched)).await.err().context("paid twice")?;
    assert!(another.certainly_nothing_happened(), "a fetch is paid once");
    Ok(())
}

#[tokio::test]
async fn a_payment_that_stays_pending_is_moved_by_hand() -> Result<()> {
    let shop = Shop::open().await?;
    let fetched = shop.bescom("1234569911").await?;
    let taken = shop.pay(REFERENCE, &fetched, due(&fetched)).await?;
    tokio::time::sleep(Duration::from_millis(30)).await;
    shop.becomes(&taken.ref_id, PaymentStatus::Pending).await?;
    let path = format!("/dashboard/bills/{}", taken.ref_id);
    shop.stage.control(Method::POST, &path, json!({ "status": "Credit_Adjustment" })).await?.ok();
    assert_eq!(shop.client.payment(&taken.ref_id, now()).await?.status, PaymentStatus::Reversed);
    shop.stage.control(Method::POST, &path, json!({ "status": "Success" })).await?.refused(409);
    assert_eq!(shop.balance().await?, 0);
    Ok(())
}

#[tokio::test]
async fn recharges_are_paid_without_a_bill() -> Result<()> {
    let shop = Shop::open().await?;
    let Fetch::Ready(known) = shop.ask("JIOPRE000NAT01", &[("Mobile Number", MOBILE)]).await? else { bail!("not known") };
    assert_eq!(known.bill, None);
    let taken = shop.pay(REFERENCE, &known, 19_900).await?;
    shop.becomes(&taken.ref_id, PaymentStatus::Success).await?;

    let vi = shop.biller("VIPRE0000NAT01").await?;
    assert_eq!(vi.fetch_requirement(), FetchRequirement::NotSupported);
    let of_vi = PayFor::Direct { biller_id: &vi.id, customer: Customer { mobile: MOBILE, params: &[("Mobile Number", MOBILE)] } };
    let direct = NewPayment { reference: "bill_direct", of: of_vi, ..of(REFERENCE, &known, 29_900) };
    let taken = shop.client.pay(&direct, now()).await?;
    shop.becomes(&taken.ref_id, PaymentStatus::Success).await?;
    let of_jio =
        PayFor::Direct { biller_id: "JIOPRE000NAT01", customer: Customer { mobile: MOBILE, params: &[("Mobile Number", MOBILE)] } };
    let error = shop.client.pay(&NewPayment { reference: "bill_direct2", of: of_jio, ..direct }, now()).await.err().context("paid")?;
    assert!(matches!(&error, CallError::Refused { code: Some(code), .. } if code == "direct-pay-not-allowed"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_loan_takes_what_it_offers() -> Result<()> {
    let shop = Shop::open().await?;
    let Fetch::Ready(emi) = shop.ask("BAJA00000NATP1", &[("Loan Account Number", "LN12345678")]).await? else { bail!("no bill") };
    let bill = emi.bill.clone().context("no bill")?;
    let option: &AmountOption = bill.options.iter().find(|option| option.name == "Three EMIs").context("no option")?;
    assert_eq!(emi.accepts(option.amount_paise, Some(option)), Ok(()));
    let taken = shop.client.pay(&NewPayment { option: Some(option), ..of(REFERENCE, &emi, option.amount_paise) }, now()).await?;
    shop.becomes(&taken.ref_id, PaymentStatus::Success).await?;
    Ok(())
}

#[tokio::test]
async fn what_breaks_a_rule_moves_no_money() -> Result<()> {
    let shop = Shop::open().await?;
    let fetched = shop.bescom("1234567890").await?;
    let error = shop.pay(REFERENCE, &fetched, due(&fetched) + 1).await.err().context("paid")?;
    assert!(matches!(&error, CallError::Refused { code: Some(code), .. } if code == "invalid-amount"), "{error}");
    shop.stage.control(Method::POST, "/dashboard/bill-wallet", json!({ "amount": 100 })).await?.ok();
    let error = shop.pay(REFERENCE, &fetched, due(&fetched)).await.err().context("paid")?;
    assert!(error.certainly_nothing_happened() && !error.retryable(), "{error}");
    assert_eq!(shop.inside().await?["items"], json!([]));
    shop.stage.control(Method::POST, "/dashboard/bill-wallet", json!({ "amount": 10_000_000 })).await?.ok();
    shop.pay(REFERENCE, &fetched, due(&fetched)).await?;
    Ok(())
}

#[tokio::test]
async fn faults_strike_here_as_everywhere() -> Result<()> {
    let shop = Shop::open().await?;
    let fetched = shop.bescom("1234567890").await?;
    let path = "/api/v2/bbps/bills/payment/request";
    for (fault, certain) in [("throttle", true), ("error_5xx", false), ("downtime", false)] {
        shop.stage.fault(json!({ "provider": "bills", "fault": fault, "path": path, "times": 1 })).await?;
        let error = shop.pay(REFERENCE, &fetched, due(&fetched)).await.err().context("paid")?;
        assert_eq!((error.certainly_nothing_happened(), error.retryable()), (certain, true), "{fault}");
        shop.stage.control(Method::DELETE, "/faults", Value::Null).await?.ok();
    }
    shop.stage.fault(json!({ "provider": "bills", "fault": "success_without_effect", "path": path, "times": 1 })).await?;
    shop.pay(REFERENCE, &fetched, due(&fetched)).await?;
    assert_eq!(shop.client.status(&lookup(), now()).await?, None, "it was never made");
    shop.stage.fault(json!({ "provider": "bills", "fault": "error_5xx_after_success", "path": path, "times": 1 })).await?;
    assert!(shop.pay(REFERENCE, &fetched, due(&fetched)).await.is_err());
    assert!(shop.client.status(&lookup(), now()).await?.is_some());
    Ok(())
}

#[tokio::test]
async fn webhooks_are_signed_and_tell_what_the_provider_knows() -> Result<()> {
    let shop = Shop::open().await?;
    let paid = shop.paid("1234569907", PaymentStatus::Reversed).await?;
    let hooks = shop.stage.hooks.wait("BILL_PAY", 2).await?;
    let secrets = Secrets::only(Secret::new(&shop.stage.config.bills.webhook_secret)?);
    let mut told = Vec::new();
    for hook in &hooks {
        let EventKind::Payment(payment) = parse_event(verify(&hook.raw, &hook.bbps_signature, &secrets)?)?.kind else {
            bail!("no payment")
        };
        assert_eq!((&payment.ref_id, payment.reference.as_deref()), (&paid.ref_id, Some(REFERENCE)));
        told.push(payment.status);
    }
    told.sort_by_key(|status| *status != PaymentStatus::Success);
    assert_eq!(told, [PaymentStatus::Success, PaymentStatus::Reversed]);
    let fetched = shop.stage.hooks.first("BILL_FETCH").await?;
    let event = parse_event(verify(&fetched.raw, &fetched.bbps_signature, &secrets)?)?;
    assert!(matches!(event.kind, EventKind::Fetch { fetch: Fetch::Ready(_), .. }));

    shop.stage.fault(json!({ "provider": "bills", "fault": "tampered_webhooks", "event": "BILL_DISPUTE", "times": 1 })).await?;
    let transaction_id = paid.transaction_id.as_deref().context("no id")?;
    let complaint = NewComplaint { transaction_id, reason: ComplaintReason::DoublePayment, description: "Paid twice" };
    shop.client.complain(&complaint, now()).await?;
    let altered = shop.stage.hooks.first("BILL_DISPUTE").await?;
    assert!(verify(&altered.raw, &altered.bbps_signature, &secrets).is_err());
    Ok(())
}

#[tokio::test]
async fn a_complaint_is_raised_and_settled() -> Result<()> {
    let shop = Shop::open().await?;
    let paid = shop.paid("1234567890", PaymentStatus::Success).await?;
    let transaction_id = paid.transaction_id.as_deref().context("no id")?;
    let complaint = NewComplaint { transaction_id, reason: ComplaintReason::AccountNotUpdated, description: "Still shown as due" };
    let ref_id = shop.client.complain(&complaint, now()).await?;
    let becomes = async |ref_id: &str, status: ComplaintStatus| {
        eventually(async || {
            let complaint = shop.client.complaint(ref_id, now()).await?;
            Ok((complaint.status.as_ref() == Some(&status)).then_some(complaint))
        })
        .await
    };
    let assigned = becomes(&ref_id, ComplaintStatus::Assigned).await?;
    assert!(assigned.dispute_id.is_some_and(|id| id.starts_with("TKT")) && assigned.due.is_some());
    let second = shop.client.complain(&complaint, now()).await?;
    becomes(&second, ComplaintStatus::Failed).await?;
    let path = format!("/dashboard/complaints/{ref_id}");
    shop.stage.control(Method::POST, &path, json!({ "status": "RESOLVED", "remarks": "Posted" })).await?.ok();
    let resolved = becomes(&ref_id, ComplaintStatus::Resolved).await?;
    assert_eq!(resolved.remarks.as_ref().map(Theirs::as_str), Some("Posted"));
    shop.stage.control(Method::POST, &path, json!({ "status": "REJECTED" })).await?.refused(409);
    let nothing = NewComplaint { transaction_id: "AX010000", ..complaint };
    assert!(shop.client.complain(&nothing, now()).await.is_err_and(|error| error.certainly_nothing_happened()));
    Ok(())
}

#[tokio::test]
async fn nobody_comes_in_without_the_agents_credentials_and_a_reset_ends_tokens() -> Result<()> {
    let shop = Shop::open().await?;
    let stage = &shop.stage;
    stage.control(Method::GET, "/api/v2/bbps/billers", Value::Null).await?.refused(401);
    let wrong = json!({ "clientID": stage.config.bills.client_id, "secret": "guess" });
    stage.control(Method::POST, "/api/v2/auth/token", wrong).await?.refused(400);
    shop.biller("BESCOM000KAR01").await?;
    stage.control(Method::POST, "/reset", Value::Null).await?.ok();
    shop.biller("BESCOM000KAR01").await?;
    Ok(())
}
