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
fn what_a_platform_pays_out_is_in_and_is_the_platforms() {
    let week = told("Hi Ravi, your Swiggy payout of Rs 4,512.00 has been transferred to your bank account XX3345 on 10 Nov 2026");
    assert_eq!((week.direction, week.merchant.as_deref()), (Direction::Credit, Some("Swiggy")));
    let asked = "Rs. 1,930 withdrawn from your Porter earnings has been credited to your bank a/c ending 6611 via IMPS. Ref 631812876600";
    assert_eq!((told(asked).direction, told(asked).merchant.as_deref()), (Direction::Credit, Some("Porter")));
    let order = "Rs.184.50 charged on Simpl for your BigBasket order. Didn't make this purchase? Go to getsimpl.com/help";
    assert_eq!(told(order).merchant.as_deref(), Some("BigBasket"));
}

#[test]
fn words_that_only_stand_before_a_verb_are_nobody() {
    let card = "We have received payment of Rs.9,870.00 via UPI & the same has been credited to your SBI Credit Card ending 6634";
    assert_eq!(told(card).merchant, None);
    let undone = "INR 10000.00 credited to A/c no. XX7781 on 09-11-26. Info - REV/ATM WDL of 08-11-26. Avl Bal INR 19114.28";
    assert_eq!(told(undone).merchant, None);
    assert_eq!(told("khate XX5190 se Rs.1000.00 AEPS dwara nikale gaye. Shesh rashi Rs.2,318.00").balance_minor, Some(231_800));
}

#[test]
fn a_day_that_something_is_for_and_the_day_of_what_is_undone_are_not_its_own() {
    let day = |message: &str| told(message).at.map(|at| at.date().to_string());
    let week =
        "Hi Ravi, your Swiggy payout of Rs 4,512.00 for 02 Nov - 08 Nov has been transferred to your bank account XX3345 on 10 Nov 2026.";
    assert_eq!(day(week).as_deref(), Some("2026-11-10"));
    let month = "Rs 900 debited from A/c XX1234 towards rent for 01-10-2026 to 31-10-2026 on 05-11-2026";
    assert_eq!(day(month).as_deref(), Some("2026-11-05"));
    let undone = "Dear Customer, your UPI txn of Rs 800.00 to RELIANCE JIO dated 12Nov26 had failed and the amount has been reversed to A/C X4821 on 13Nov26.";
    assert_eq!(day(undone).as_deref(), Some("2026-11-13"));
    let only = "Rs 800.00 reversed to A/C X4821 for your UPI txn dated 12Nov26";
    assert_eq!(day(only).as_deref(), Some("2026-11-12"), "where there is no other");
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
fn a_payout_and_an_order_are_of_whoever_is_named_and_not_of_how_they_came() {
    for (text, party) in [
        ("Your weekly payout of Rs 4,512.00 from Zomato has been credited to your A/c XX3345 on 10-11-2026", "Zomato"),
        ("Rs 4,512.00 credited to your account XX3345 as weekly payout from Swiggy", "Swiggy"),
        ("Rs 349.00 charged on your card XX1234 for your food order at Swiggy", "Swiggy"),
        ("Rs 349.00 charged on Simpl for your recent order at Dominos", "Dominos"),
        ("Rs 142 paid for your Ola ride using Ola Money", "Ola"),
        ("Your Porter earnings of Rs 890 have been credited to A/c XX12", "Porter"),
        ("Your weekly Porter earnings of Rs 890 have been credited to A/c XX12", "Porter"),
    ] {
        assert_eq!(told(text).merchant.as_deref(), Some(party), "{text}");
    }
}

#[test]
fn names_that_are_words_of_messages_too_are_names() {
    let dear = told("Dear SHESH NATH, Rs 500.00 debited from A/c XX1234 on 10-11-26 to VPA ravi@ybl. UPI Ref 631812876600");
    assert_eq!((dear.amount_minor, dear.merchant.as_deref()), (50_000, Some("ravi@ybl")));
    for name in ["SHESH NATH YADAV", "REV THOMAS KURIAN"] {
        let text = format!("Sent Rs.500.00 From HDFC Bank A/C *1234 To {name} On 10/11/26 Ref 631812876600");
        assert_eq!(told(&text).merchant.as_deref(), Some(name));
    }
    let left = told("aapke khate XX5190 se Rs.1000.00 AEPS dwara nikale gaye 10/11/2026 ko. Shesh rashi Rs.2,318.00");
    assert_eq!((left.amount_minor, left.balance_minor), (100_000, Some(231_800)));
}

#[test]
fn what_is_told_of_the_days_it_is_for_moved_when_it_is_told() {
    let received: Timestamp = "2026-11-10T10:00:00+05:30".parse().unwrap();
    for (of, day) in [
        ("for 02 Nov - 08 Nov has been transferred to your A/c XX3345", 10),
        ("for the week 02-08 Nov 2026 has been transferred to your A/c XX3345", 10),
        ("for the week 02-08 Nov 2026 was credited to A/c XX3345 on 09-11-2026", 9),
        ("for Nov 02 - Nov 08, 2026 was credited to A/c XX3345 on 09-11-2026", 9),
        ("was refunded to A/c XX3345 for your UPI txn dated 02Nov26", 10),
        ("was credited to A/c XX3345 on 02 Nov", 2),
    ] {
        let text = format!("Your Swiggy payout of Rs 4,512.00 {of}.");
        let Reading::Transaction(told) = read(&Message { sender: Some("VM-HDFCBK-S"), text: &text, received_at: Some(received) }) else {
            panic!("{text}")
        };
        assert_eq!(told.at.unwrap().day(), day, "{text}");
    }
}

#[test]
fn a_name_is_whole_whatever_small_words_and_points_are_in_it() {
    for name in [
        "HOUSE OF SPICES",
        "BANK OF BARODA HOUSING LOAN",
        "FLIPKART IN GURGAON",
        "MAKEMYTRIP IN",
        "MUTHOOT LOAN CENTRE",
        "AMAZON.IN",
        "NETFLIX.COM",
        "M.K. STORES",
        "S. RAMESH",
        "DR. A.P. VARMA",
        "ST. MARY'S SCHOOL",
        "NEW BHARAT MEDICALS",
        "THE BOMBAY CANTEEN",
        "OPENAI *CHATGPT",
        "APPLE.COM/BILL",
    ] {
        let text = format!("Rs 500 debited from A/c XX1234 at {name} on 15-11-26. New Bal Rs 900");
        assert_eq!(told(&text).merchant.as_deref(), Some(name), "{text}");
    }
}

#[test]
fn a_name_ends_where_the_sentence_goes_on() {
    for (rest, name) in [
        ("to RAVI in Delhi. Bal Rs 5", "RAVI"),
        ("to Asha R. UPI Ref 632212341290", "Asha R"),
        ("at Swiggy.In case of dispute call 1800", "Swiggy"),
        ("to HOTSTAR.COM.If not you call 1800", "HOTSTAR.COM"),
        ("at PAYTM*CHAI ADDA on 15-11-26", "CHAI ADDA"),
        ("at retailer BALAJI MOBILES on 15-11-26", "BALAJI MOBILES"),
        ("at POS terminal BALAJI MOBILES on 15-11-26", "BALAJI MOBILES"),
        ("in favour of GREEN LEAF NURSERY by NEFT", "GREEN LEAF NURSERY"),
    ] {
        let text = format!("Rs 500 debited from A/c XX1234 {rest}");
        assert_eq!(told(&text).merchant.as_deref(), Some(name), "{text}");
    }
    assert_eq!(told("RS 500 DEBITED FROM A/C XX1234 TO RAVI IN CASE OF DISPUTE CALL 1800").merchant.as_deref(), Some("RAVI"));
}

#[test]
fn an_amount_after_a_rail_is_no_party() {
    let told = told("UPI debit:Rs.70.00 from A/c X1199 on 18-11-26 to vpa bakery@ybl Ref 632212341234");
    assert_eq!((told.amount_minor, told.merchant.as_deref()), (7_000, Some("bakery@ybl")));
}

#[test]
fn a_ledgers_words_name_the_payer() {
    for (narration, party) in [
        ("SAL-ZOHO CORP-OCT26", "ZOHO CORP"),
        ("by NEFT-SAL-ZOHO CORP-OCT26", "ZOHO CORP"),
        ("by transfer RYTHU BHAROSA", "RYTHU BHAROSA"),
        ("MGNREGA WAGES", "MGNREGA WAGES"),
        ("through KALIA SCHEME", "KALIA SCHEME"),
        ("Info - SALARY/ORACLE INDIA PVT LTD", "ORACLE INDIA PVT LTD"),
        ("ACH-CR-HDFC ERGO GEN INS-2211", "HDFC ERGO GEN INS"),
        ("by IMPS from mobile 9XXXXXX345 SURESH", "SURESH"),
    ] {
        let text = format!("A/c XX1290 credited Rs 6,500.00 on 31-10-26 {narration}. Bal Rs 7,000.00");
        assert_eq!(told(&text).merchant.as_deref(), Some(party), "{text}");
    }
    let salary = told("A/c XX1290 credited Rs 6,500.00 on 31-10-26 towards Salary Oct 26. Bal Rs 7,000.00");
    assert_eq!(salary.merchant.as_deref(), Some("Salary"));
}

#[test]
fn a_telephone_number_is_no_account() {
    for text in [
        "Rs 500 sent to Rohit at 98XXXXXX12 from Paytm Wallet. Txn ID 8811223344",
        "Rs 150 paid to Sonu at 91XXXXXXXX22 via Freecharge wallet. Txn id FC1199228833",
        "Rs.199 paid for recharge of number 70XXXXXX11 from your wallet. Txn ID 88112233",
    ] {
        assert_eq!(told(text).account_last4, None, "{text}");
    }
    assert_eq!(told("Rs 500 debited from A/c no 98XXXXXX78 on 18-11-26 at CHAI").account_last4.as_deref(), Some("78"));
}

#[test]
fn a_vehicle_and_the_rail_are_no_party() {
    for text in [
        "SBI FASTag recharge of Rs 500.00 for KA51MM0909 successful on 18-11-2026. Bal Rs 795.00",
        "Rs 3,000 debited from A/c XX1234 on 15-11-26 towards ATM withdrawal. Bal Rs 900",
        "A/c *6677 Debited for Rs:265.00 on 18-11-2026 by Mob Bk ref no 632277886611",
    ] {
        assert_eq!(told(text).merchant, None, "{text}");
    }
}

#[test]
fn a_reference_is_found_without_the_word_for_it() {
    for (text, reference) in [
        ("Paid Rs.120 to CHAI ADDA via Freecharge wallet. Order id FC11223. Bal Rs 80", "FC11223"),
        ("Rs.75 paid to AUTO STAND from MobiKwik wallet. Txn 889900112. Bal Rs 210", "889900112"),
        ("Rs 2,150 debited from A/c XX1234 to MUTHOOT. Receipt no MF99887", "MF99887"),
    ] {
        assert_eq!(told(text).reference.as_deref(), Some(reference), "{text}");
    }
}

#[test]
fn the_small_balance_on_the_phone_is_named_whole() {
    for text in [
        "Rs.500 transferred to your UPI LITE balance from A/c XX5566 on 16-11-26 (RRN 632000002223)",
        "Rs.500 debited from A/c XX5566 on 16-11-26 for UPI LITE top-up (RRN 632000002223)",
    ] {
        assert_eq!(told(text).merchant.as_deref(), Some("UPI LITE"), "{text}");
    }
}

#[test]
fn a_refund_for_an_order_is_of_money_and_not_of_the_order() {
    let text = "Refund of Rs 649.00 for your order has been credited to your Amazon Pay balance.";
    let Reading::Transaction(told) = read(&Message { sender: Some("VM-AMAZON-S"), text, received_at: None }) else { panic!("{text}") };
    assert!(told.is_reversal && told.direction == Direction::Credit);
}

#[test]
fn what_is_added_elsewhere_leaves_the_account_with_a_number() {
    let direction = |text| told(text).direction;
    assert_eq!(direction("Rs 500 added to your Upstox account from HDFC Bank A/c XX7766 via UPI. Ref 632411998877"), Direction::Debit);
    assert_eq!(direction("Rs 500 added to your account XX7766 from A/c XX1234 by RAVI"), Direction::Credit);
    for text in [
        "Rs 500 transferred from HDFC Bank A/c XX7766 to your Zerodha account by NEFT on 18-11-26",
        "Withdrawal of Rs 500 from your Zerodha account has been credited to bank A/c XX7766",
    ] {
        assert_eq!(told(text).merchant.as_deref(), Some("Zerodha"), "{text}");
    }
}

#[test]
fn what_is_settled_to_the_user_has_come_in() {
    assert_eq!(told("BharatPe: Rs 4,520.00 settled to your bank A/c XX3345 on 19-11-26").direction, Direction::Credit);
    refuses(Reason::FutureDebit, &["Unused funds of Rs 4,520.00 will be settled to your bank A/c XX3345 on 27-11-26"]);
}

#[test]
fn a_bills_sign_is_no_verb() {
    assert!(matches!(reading("Unbilled amount on card X6262 is INR 4,440.00 Dr as on 20-11-26."), Reading::NotATransaction(_)));
    refuses(
        Reason::Due,
        &[
            "Credit Card XX9911 Statement: Total: INR 12,340.00 Dr. Min: INR 620.00 Due by 03-12-26",
            "Credit Card XX5566 bill dt 15/11/26: TAD Rs.6,020.00 Dr, MAD Rs.301.00, due 05/12/26",
        ],
    );
    assert_eq!(told("Rs 2,000 Dr. from A/c XX1234 for ELECTRICITY BILL. Bal Rs 900. Min bal 500").amount_minor, 200_000);
}

#[test]
fn units_and_shares_are_no_money() {
    for text in [
        "Your purchase of Rs 5,000.00 under folio 9123/45 is confirmed. 45.12 units of Axis Small Cap allotted @ NAV 110.2",
        "Units 45.12 allotted for SIP of Rs.5000.00 at NAV 110.8100 in Kotak Flexicap",
        "Demat a/c XX5512 debited with 5 shares of TCS on 17-11-26.",
    ] {
        assert!(matches!(reading(text), Reading::NotATransaction(_)), "{text}");
    }
    let text = "Rs 5,000.00 debited from A/c XX1234 towards SIP in Kotak Flexicap, folio 12345678. Units will be allotted soon";
    assert_eq!(told(text).amount_minor, 500_000);
}

#[test]
fn what_is_asked_or_boasted_of_has_not_happened() {
    for text in [
        "Enjoy Rs.5,00,000 Personal Loan on your HDFC Bank A/c XX7766! Disbursed in 10 sec. Apply: hdfcbk.io/pl",
        "We've noticed a charge for INR 12,000.00 at EXPEDIA on your card ending 3100. Reply 1 if you recognise, 2 if not.",
        "Your EMI conversion request for Rs 12,000.00 on card XX2216 is received. Ref SR11220099",
        "Transaction of Rs 2,450 on your card ending 6678 at PAYTM was not approved as OTP was incorrect.",
    ] {
        assert!(matches!(reading(text), Reading::NotATransaction(_)), "{text}");
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
        ("19.11.2026 12.30 PM", "2026-11-19T12:30:00"),
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
    assert_eq!(
        at("Rs 500 refund for your transaction dt 20/12/25 credited to A/c XX1234 on 31/12/25").as_deref(),
        Some("2025-12-31T00:00:00")
    );
    // A day ahead is what is due then, and not the same figures in another order.
    assert_eq!(at("Rs 500 debited from A/c XX1234 at CHAI. Repay by 03-02-26").as_deref(), Some("2026-01-02T10:00:00"));
    Ok(())
}

#[test]
fn a_transaction_does_not_print_whom_it_is_about() {
    let printed = format!("{:?}", told("Rs 500 debited from A/c XX1234 to RAVI. UPI Ref 632412345678"));
    assert!(!printed.contains("RAVI") && !printed.contains("1234"), "{printed}");
}
