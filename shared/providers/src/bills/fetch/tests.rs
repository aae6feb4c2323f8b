//! Fetches against a provider on this machine.

use serde_json::{Value, json};

use super::*;
use crate::bills::FailureClass;
use crate::bills::client::tests::{NOW, answering, client};

const REF: &str = "HENSVVR4QOS7X1UGPY7JGUV444P10102202";
const RAVI: Customer<'static> = Customer { mobile: "9876543210", params: &[("Account ID", "1234567890")] };

fn bill() -> Value {
    json!({"data": {"refId": REF, "status": "Success", "billerResponseType": "SINGLE", "billerRefId": "7f16", "exactness": "Exact",
        "additionalInfo": [{"name": "Tariff", "value": "LT-2\u{202e}a"}, {"name": "Empty", "value": ""}],
        "bills": [{"amount": 83_400, "billDate": "2026-09-01", "billNumber": "BILL-226131", "billPeriod": "MONTHLY",
            "customerName": "  NITIN\u{200b} GUPTA ", "dueDate": "2026-09-21",
            "paymentOptions": [{"amount": 75_060, "name": "Early Payment Amount"}, {"amount": 0, "name": "Nothing"}]}]},
        "success": true, "traceId": "T"})
}

async fn answered(body: Value) -> Result<Fetch, CallError> {
    let server = answering(&[(200, &body.to_string())]).await;
    client(server.url()).fetched(REF, NOW).await
}

#[tokio::test]
async fn a_biller_is_asked_by_what_it_knows_its_customer_by() {
    let server = answering(&[(200, &json!({"data": {"refId": REF}, "success": true}).to_string())]).await;
    assert_eq!(client(server.url()).request_fetch("BESCOM000KAR01", &RAVI, NOW).await.as_deref(), Ok(REF));
    let request = &server.requests()[1];
    assert_eq!(request.target, "/bbps/bills/fetch/request");
    assert_eq!(
        request.json(),
        json!({"agent": {"id": "AX01AI06512391457204", "channel": "INT", "ip": "203.0.113.7", "mac": "48-4D-7E-CB-DB-6F"},
            "biller": {"id": "BESCOM000KAR01"},
            "customer": {"mobile": "9876543210", "customerParams": [{"name": "Account ID", "value": "1234567890"}]}})
    );
}

#[tokio::test]
async fn a_bill_is_read_with_its_strangers_text_cleaned() {
    let Ok(Fetch::Ready(fetched)) = answered(bill()).await else { panic!() };
    let bill = fetched.bill.clone().unwrap();
    assert_eq!(bill.amount_paise(), 83_400);
    assert_eq!(bill.customer_name.as_ref().map(Theirs::as_str), Some("NITIN GUPTA"));
    assert_eq!((bill.due_date, bill.bill_date), (Some(jiff::civil::date(2026, 9, 21)), Some(jiff::civil::date(2026, 9, 1))));
    assert_eq!(fetched.more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(), [("Tariff", "LT-2a")]);
    assert_eq!(bill.options, [AmountOption { name: "Early Payment Amount".to_owned(), amount_paise: 75_060 }]);
    assert_eq!((fetched.accepts(83_400, None), fetched.accepts(75_060, Some(&bill.options[0]))), (Ok(()), Ok(())));
    assert!(fetched.accepts(75_060, None).is_err());
    let made_up = AmountOption { name: "Ten rupees".to_owned(), amount_paise: 1_000 };
    assert!(fetched.accepts(1_000, Some(&made_up)).is_err(), "only what the bill offers");
    assert!(!format!("{fetched:?}").contains("NITIN"));
}

#[tokio::test]
async fn what_is_not_there_yet_and_what_will_not_be_are_no_errors() {
    assert_eq!(answered(json!({"data": {"refId": REF, "status": "Processing"}})).await, Ok(Fetch::Processing));
    for (status, code, class) in [
        ("Failure", "BFR004", FailureClass::NoBillDue),
        ("Failure", "BFR001", FailureClass::WrongNumber),
        ("Failure", "BFR008", FailureClass::BillerDown),
        ("Success", "ERR004", FailureClass::WrongNumber),
    ] {
        let body = json!({"data": {"refId": REF, "status": status, "failureReason": {"code": code, "message": "m", "type": "BBPS"}}});
        let Ok(Fetch::Refused(failure)) = answered(body).await else { panic!("{code}") };
        assert_eq!(failure.class(), class);
    }
    assert_eq!(answered(json!({"data": {"refId": REF, "status": "Failure"}})).await, Ok(Fetch::Refused(Failure::UNTOLD)));
}

#[tokio::test]
async fn a_confirmed_customer_without_a_bill_pays_what_they_like() {
    let Ok(Fetch::Ready(fetched)) = answered(json!({"data": {"refId": REF, "status": "Success", "bills": []}})).await else { panic!() };
    assert_eq!((fetched.bill.clone(), fetched.accepts(19_900, None)), (None, Ok(())));
    assert_eq!(fetched.accepts(0, None), Err(AmountRefused::NotPositive));
}

#[tokio::test]
async fn dates_that_are_none_are_left_out() {
    for nothing in ["0001-01-01", "NA", "", "21/09/2026", "२०२६-०९-२१"] {
        let mut body = bill();
        body["data"]["bills"][0]["dueDate"] = json!(nothing);
        let Ok(Fetch::Ready(fetched)) = answered(body).await else { panic!("{nothing}") };
        assert_eq!(fetched.bill.unwrap().due_date, None, "{nothing}");
    }
}

#[tokio::test]
async fn an_answer_of_another_fetch_or_without_sense_is_unreadable() {
    for (pointer, value) in [
        ("/data/refId", json!("ANOTHER")),
        ("/data/status", json!("Maybe")),
        ("/data/bills/0/amount", json!("834.00")),
        ("/data/bills/0/amount", json!(-1)),
        ("/data", json!(null)),
    ] {
        let mut body = bill();
        *body.pointer_mut(pointer).unwrap() = value;
        assert!(matches!(answered(body).await, Err(CallError::Unreadable { .. })), "{pointer}");
    }
}

#[tokio::test]
async fn several_bills_at_once_are_refused_as_such() {
    let mut body = bill();
    let another = body["data"]["bills"][0].clone();
    body["data"]["bills"].as_array_mut().unwrap().push(another);
    let Ok(Fetch::Refused(failure)) = answered(body).await else { panic!() };
    assert_eq!(failure.code.as_deref(), Some("several-bills"));
}

#[tokio::test]
async fn what_no_biller_could_answer_is_not_asked() {
    let server = answering(&[]).await;
    let client = client(server.url());
    for customer in [
        Customer { mobile: "+919876543210", ..RAVI },
        Customer { mobile: "1234567890", ..RAVI },
        Customer { params: &[], ..RAVI },
        Customer { params: &[("Account ID", "")], ..RAVI },
        Customer { params: &[("Account ID", "1\n2")], ..RAVI },
    ] {
        assert!(client.request_fetch("BESCOM000KAR01", &customer, NOW).await.unwrap_err().certainly_nothing_happened());
    }
    assert!(client.request_fetch("../x", &RAVI, NOW).await.is_err());
    assert!(client.fetched("", NOW).await.is_err());
    assert!(server.requests().is_empty() && !format!("{RAVI:?}").contains("987"));
}
