//! Billers against a provider on this machine.

use serde_json::json;

use super::*;
use crate::bills::client::tests::{NOW, answering, client};

fn msedcl() -> Value {
    json!({
        "id": "MAHA00000MAH01", "name": "Maharashtra State Electricity Distbn Co Ltd", "categoryName": "Electricity",
        "coverage": "IND-MAH", "exactness": "Exact", "fetchApiType": "BILL_FETCH", "payWithoutFetchAllowed": false,
        "customerParams": [
            {"dataType": "NUMERIC", "maxLength": 12, "minLength": 12, "optional": false, "paramName": "Consumer No", "regex": "^[0-9]{12}$", "values": null, "visibility": true},
            {"dataType": "NUMERIC", "maxLength": 4, "minLength": 4, "optional": false, "paramName": "BU", "regex": "", "values": null},
        ],
        "paymentModes": [
            {"paymentMode": "Wallet", "minLimit": 100, "maxLimit": 4_999_900, "supportsPendingStatus": true},
            {"paymentMode": "UPI", "minLimit": 100, "maxLimit": null},
            {"paymentMode": "BHIM Aadhaar Pay", "minLimit": null, "maxLimit": 0},
        ],
        "paymentChannels": [], "supportsPendingStatus": true, "status": "ACTIVE",
    })
}

fn page(billers: Vec<Value>) -> String {
    json!({"data": {"billers": billers, "nextPage": "/api/bbps/billers?limit=100&after=MAHA00000MAH01", "total": 3}, "success": true})
        .to_string()
}

#[tokio::test]
async fn a_page_of_billers_says_where_the_next_begins() {
    let odd = json!({"id": "X", "name": "\u{202e}", "categoryName": "Electricity"});
    let server = answering(&[(200, &page(vec![msedcl(), odd]))]).await;
    let page = client(server.url()).billers(Some(&Category::Electricity), Some("A B"), NOW).await.unwrap();
    assert_eq!((page.billers.len(), page.unreadable, page.after.as_deref()), (1, 1, Some("MAHA00000MAH01")));
    assert_eq!(server.requests()[1].target, "/bbps/billers?limit=100&categoryName=Electricity&after=A+B");
}

#[tokio::test]
async fn a_biller_says_how_it_wants_to_be_asked_and_paid() {
    let server = answering(&[(200, &page(vec![msedcl()]))]).await;
    let client = client(server.url());
    assert_eq!(client.biller("BESCOM000KAR01", NOW).await, Ok(None), "another is not the one");
    let biller = client.biller("MAHA00000MAH01", NOW).await.unwrap().unwrap();
    assert_eq!((biller.category.clone(), biller.exactness, biller.active), (Category::Electricity, Exactness::Exact, true));
    assert_eq!(biller.fetch_requirement(), FetchRequirement::Mandatory);
    assert_eq!(biller.check(&[("Consumer No", "123456789012"), ("BU", "4321")]), Ok(()));
    assert!(biller.check(&[("Consumer No", "123456789012")]).is_err());
    for (mode, amount, taken) in [
        (PaymentMode::Wallet, 100, Ok(())),
        (PaymentMode::Wallet, 99, Err(AmountRefused::TooLow { min_paise: 100 })),
        (PaymentMode::Wallet, 5_000_000, Err(AmountRefused::TooHigh { max_paise: 4_999_900 })),
        (PaymentMode::Upi, 900_000_000, Ok(())),
        (PaymentMode::Cash, 100, Err(AmountRefused::ModeNotTaken)),
        (PaymentMode::Upi, 0, Err(AmountRefused::NotPositive)),
    ] {
        assert_eq!(biller.accepts(&mode, amount), taken, "{mode:?} {amount}");
    }
}

#[test]
fn what_comes_before_a_payment_is_told_in_the_networks_terms() {
    let of = |kind: &str, without: bool| {
        let mut body = msedcl();
        (body["fetchApiType"], body["payWithoutFetchAllowed"]) = (json!(kind), json!(without));
        serde_json::from_value::<Biller>(body).unwrap().fetch_requirement()
    };
    assert_eq!(of("BILL_FETCH", false), FetchRequirement::Mandatory);
    assert_eq!(of("BILL_VALIDATE", true), FetchRequirement::Optional);
    assert_eq!(of("BILL_DIRECT", true), FetchRequirement::NotSupported);
    assert_eq!(of("BILL_MANDATE", false), FetchRequirement::Mandatory);
}

#[test]
fn only_the_place_in_the_list_is_taken_from_the_next_page() {
    assert_eq!(after_of("https://evil.example/x?after=ABC&limit=9").as_deref(), Some("ABC"));
    for nowhere in ["", "/api/bbps/billers", "/x?after=", "/x?limit=1", &format!("/x?after={}", "x".repeat(300))] {
        assert_eq!(after_of(nowhere), None, "{nowhere}");
    }
}
