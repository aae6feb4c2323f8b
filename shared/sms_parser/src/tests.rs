//! What is told, and above all what is not: a fact a test.

use bank_feed::Direction;
use jiff::Timestamp;

use super::*;

fn reading(text: &str) -> Reading {
    read(&Message { sender: Some("VM-HDFCBK-S"), text, received_at: None })
}

#[track_caller]
fn told(text: &str) -> Transaction {
    match reading(text) {
        Reading::Transaction(told) => *told,
        Reading::NotATransaction(reason) => panic!("{reason:?}: {text}"),
    }
}

#[track_caller]
fn refuses(reason: Reason, texts: &[&str]) {
    for text in texts {
        assert_eq!(reading(text), Reading::NotATransaction(reason), "{text}");
    }
}

#[test]
fn the_first_verb_speaks_of_the_users_account() {
    let direction = |text| told(text).direction;
    assert_eq!(
        direction("Your a/c no. XX12 is debited for Rs 10 on 01-11-26 and a/c XX34 credited (IMPS Ref no 123456789012)"),
        Direction::Debit
    );
    assert_eq!(
        direction("Your a/c no. XX12 is credited for Rs 10 on 01-11-26 and debited from a/c XX34 (UPI Ref no 123456789012)"),
        Direction::Credit
    );
    assert_eq!(direction("Rs 10 transferred to your A/c XX1234 by Asha"), Direction::Credit);
    assert_eq!(direction("Asha has received Rs 10 from your A/c XX1234 via NEFT"), Direction::Debit);
}

#[test]
fn money_that_leaves_for_a_wallet_or_somebody_else_is_out() {
    for text in [
        "Rs.500.00 loaded to UPI LITE from HDFC Bank A/c XX3321 on 17-11-26. UPI Ref 632100001111",
        "Rs 500 added to your FASTag wallet from A/c XX3321",
        "Rs 500 credited to beneficiary A/c XX9090 by debiting your A/c XX3321",
        "Chq No 112233 of Rs.500 deposited in A/c XX3321 returned on 10-11-26 & A/c debited with Rs.500",
    ] {
        assert_eq!(told(text).direction, Direction::Debit, "{text}");
    }
}

#[test]
fn a_mandate_that_was_executed_has_moved_money() {
    for text in [
        "UPI Mandate: Sent Rs.149.00 from HDFC Bank A/c 3321 To Google Play 12/11/26 Ref 631612345699",
        "UPI-Mandate for Rs.149.00 is successfully executed towards Google Play from A/c X3321, RRN 631612345699",
    ] {
        let told = told(text);
        assert_eq!(
            (told.amount_minor, told.merchant.as_deref(), told.account_last4.as_deref()),
            (14_900, Some("Google Play"), Some("3321"))
        );
    }
}

#[test]
fn lakhs_are_counted_and_rates_moved_nothing() {
    assert_eq!(told("A/c XX3321 debited by Rs 1.5 lakh on 10-11-26").amount_minor, 15_000_000);
    for text in [
        "Get life cover @ Rs.436 p.a. auto debited from your A/c *8899",
        "Your card ending 7766 has been credited with 500 bonus Reward Points on spends of Rs.10,000",
        "You have used 80% of the credit limit on Card XX4005. Spent INR 1,20,000 of INR 1,50,000",
        "Did you attempt a txn of INR 4,999.00 at AMAZON on your credit card ending 8080? Reply YES or NO",
        "Your transaction of Rs 12,499.00 at CROMA on Credit Card XX4005 can be converted to EMI of Rs 1,142",
        "A cheque no 456199 for Rs.50,000 drawn on your A/c XX4521 is presented for payment",
    ] {
        assert!(matches!(reading(text), Reading::NotATransaction(_)), "{text}");
    }
}

#[test]
fn a_narrations_party_is_neither_its_bank_nor_a_word_of_the_rail() {
    for (narration, party) in [
        ("Info:UPI/SBIN/631922334455/THOMAS", "THOMAS"),
        ("towards UPI/632012345111/To:bookmyshow@icici", "bookmyshow@icici"),
        ("by UPI:631888889999-VPA jio@citibank", "jio@citibank"),
        ("towards ECS-LIC OF INDIA", "LIC OF INDIA"),
        ("and chaipoint@okicici credited", "chaipoint@okicici"),
    ] {
        let text = format!("A/c XX2727 is debited with Rs.600.00 on 15-11-26 {narration}. Avl Bal Rs.9,365.00");
        assert_eq!(told(&text).merchant.as_deref(), Some(party), "{text}");
    }
}

#[test]
fn what_is_left_is_not_what_was_moved() {
    let told = told("Avl Bal in A/c XX1234 is Rs 9,000.50 after Rs 250 was debited on 19-11-26");
    assert_eq!((told.amount_minor, told.balance_minor), (25_000, Some(900_050)));
}

#[test]
fn a_cards_limit_is_no_balance() {
    let told = told("INR 99 spent on Axis Bank Card no. XX0818 at CHAI ADDA. Avl Limit: INR 5,000");
    assert_eq!((told.balance_minor, told.limit_minor, told.is_card), (None, Some(500_000), true));
}

#[test]
fn an_overdrawn_balance_is_below_zero() {
    assert_eq!(told("A/c XX1234 debited with Rs.500. Bal Rs.700.00 DR").balance_minor, Some(-70_000));
}

#[test]
fn refunds_and_reversals_are_credits_that_net() {
    for text in [
        "Rs 500 debited earlier for a failed UPI txn has been credited back to A/c XX1234",
        "Refund of Rs 500 from CHAI ADDA has been credited to your card ending 1234",
        "Your UPI txn of Rs 500 is reversed to A/c XX1234",
    ] {
        let told = told(text);
        assert!(told.is_reversal && told.direction == Direction::Credit, "{text}");
    }
}

#[test]
fn both_sides_of_a_transfer_are_named() {
    let told = told("INR 100 was transferred from your DBS account **1111 to your DBS account **2222");
    assert_eq!((told.account_last4.as_deref(), told.counter_last4.as_deref(), told.is_own_transfer), (Some("1111"), Some("2222"), true));
}

#[test]
fn what_will_be_is_not_what_was() {
    refuses(
        Reason::FutureDebit,
        &[
            "Rs 500 will be debited from A/c XX1234 on 25-11-26",
            "Rs.500 shall be deducted from A/c XX1234 for SIP",
            "Your refund of Rs 500 will be credited soon",
        ],
    );
}

#[test]
fn what_failed_moved_nothing() {
    refuses(
        Reason::Declined,
        &[
            "Txn of Rs 500 at CHAI ADDA on card x1234 declined",
            "UPI payment of Rs 500 failed. If debited, it will be reversed",
            "Payment of Rs.500 was unsuccessful. Money has not been deducted from your account",
        ],
    );
}

#[test]
fn codes_requests_mandates_bills_and_offers_move_nothing() {
    refuses(Reason::Otp, &["123456 is your OTP for payment of Rs 500 from A/c XX1234", "OTP for Rs 500 at CHAI ADDA is 4321"]);
    refuses(Reason::Request, &["Asha has requested Rs 500 from you. Approve to pay"]);
    refuses(Reason::Mandate, &["UPI mandate of Rs 500 for CHAI ADDA created successfully on A/c XX1234"]);
    refuses(Reason::Due, &["Total due Rs 500 on card XX1234, pay by 25-11-26"]);
    refuses(Reason::Offer, &["Pre-approved loan of Rs 50,000! Get it credited to your A/c XX1234. Apply now, T&C"]);
    refuses(Reason::BalanceOnly, &["Avl Bal in A/c XX1234 is Rs 500"]);
}

#[test]
fn a_warning_about_codes_is_no_code() {
    assert_eq!(told("Rs 500 debited from A/c XX1234. Never share OTP with anyone. Call 1800 1234").amount_minor, 50_000);
}

#[test]
fn banks_do_not_write_from_telephones_and_promotions_tell_nothing() {
    let text = "Rs 500 debited from A/c XX1234 on 19-11-26. Avl Bal Rs 900";
    for sender in ["+919812345678", "VM-HDFCBK-P"] {
        assert!(matches!(read(&Message { sender: Some(sender), text, received_at: None }), Reading::NotATransaction(_)), "{sender}");
    }
    for sender in [Some("VM-HDFCBK-S"), Some("HDFCBK"), None] {
        assert!(matches!(read(&Message { sender, text, received_at: None }), Reading::Transaction(_)), "{sender:?}");
    }
}

#[test]
fn a_shops_receipt_is_no_movement_in_an_account() {
    let text = "Thank you! Rs 600 received with receipt number RA2021.";
    assert_eq!(read(&Message { sender: Some("VM-KIRANA-S"), text, received_at: None }), Reading::NotATransaction(Reason::Other));
}

#[test]
fn days_are_written_in_many_ways() {
    for (written, read) in [
        ("19-Nov-26", "2026-11-19T00:00:00"),
        ("19/11/2026 14:05", "2026-11-19T14:05:00"),
        ("2026-11-19", "2026-11-19T00:00:00"),
        ("19NOV26", "2026-11-19T00:00:00"),
        ("19 Nov 2026 at 02:05 PM", "2026-11-19T14:05:00"),
        ("2026-11-19:14:05:33", "2026-11-19T14:05:33"),
        ("19.11.2026", "2026-11-19T00:00:00"),
        ("November 19, 2026", "2026-11-19T00:00:00"),
        ("11/19/26, 6:39 PM", "2026-11-19T18:39:00"),
    ] {
        let at = told(&format!("Rs 500 debited from A/c XX1234 on {written} at CHAI ADDA")).at.map(|at| at.datetime().to_string());
        assert_eq!(at.as_deref(), Some(read), "{written}");
    }
}

#[test]
fn a_day_without_its_year_or_time_takes_them_from_the_arrival() -> Result<(), jiff::Error> {
    let received_at: Timestamp = "2026-01-02T10:00:00+05:30".parse()?;
    let at = |text| match read(&Message { sender: None, text, received_at: Some(received_at) }) {
        Reading::Transaction(told) => told.at.map(|at| at.datetime().to_string()),
        Reading::NotATransaction(_) => None,
    };
    assert_eq!(at("Rs 500 debited from A/c XX1234 on 31-12").as_deref(), Some("2025-12-31T00:00:00"));
    assert_eq!(at("Rs 500 debited from A/c XX1234 on 02-01").as_deref(), Some("2026-01-02T10:00:00"));
    assert_eq!(at("Rs 500 debited from A/c XX1234").as_deref(), Some("2026-01-02T10:00:00"));
    Ok(())
}

#[test]
fn a_transaction_does_not_print_whom_it_is_about() {
    let printed = format!("{:?}", told("Rs 500 debited from A/c XX1234 to RAVI. UPI Ref 632412345678"));
    assert!(!printed.contains("RAVI") && !printed.contains("1234"), "{printed}");
}
