//! The words that carry a meaning in messages about money, and what each can mean.
//!
//! A word may have several meanings (`credit` is a movement, and half of "credit card"); the places
//! around it decide.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word can mean, as bits.
pub type Tags = u64;

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name),* }
        $($(#[$doc])* pub const $name: Tags = 1 << (Bit::$name as u64);)*
    };
}

tags! {
    /// Money out; with one of PAST, NOUN or SIDE.
    DEBIT
    /// Money in; with one of PAST, NOUN or SIDE.
    CREDIT
    /// A movement that has happened.
    PAST
    /// A movement's name, which may have happened or not.
    NOUN
    /// `Dr` and `Cr`, which stand beside an amount.
    SIDE
    /// Undoes an earlier movement.
    REVERSE
    CURRENCY
    ACCOUNT
    CARD
    WALLET
    BALANCE
    AVAILABLE
    LIMIT
    DUE
    FEE
    /// An upper bound, or a price: not what was moved.
    BOUND
    FUTURE
    NEGATION
    CONDITION
    OTP
    DECLINED
    REQUEST
    MANDATE
    OFFER
    /// Says that a movement with a noun's name was completed.
    DONE
    REFERENCE
    CHEQUE
    UPI
    RAIL
    MONTH
    YOUR
    /// Before a party's name: at, to, from, by, towards, for, on, in, via.
    PREPOSITION
    /// Ends a party's name.
    STOP
    /// Stands between a label and its value: no, number, is, of.
    FILLER
    /// Followed by a point that ends no sentence.
    SHORT
    /// What is sent or received, where it is not money.
    THING
    /// Of a name, it says nothing on its own: payment, transaction, online.
    EMPTY
    /// Speaks of what is arranged, and not of what moved.
    ARRANGED
    /// A bank's short name, as a signature at the end.
    SIGNATURE
}

const WORDS: &[(&str, Tags)] = &[
    (
        "debited deducted spent withdrawn withdrew purchased swiped recovered invested repaid autodebited remitted charged drawn debitted autopaid executed",
        DEBIT | PAST,
    ),
    ("paid sent transferred transfered", DEBIT | PAST),
    ("डेबिट निकाले निकाली निकाला काटे कटे काटा काटी खर्च nikale nikali kate kata katey bheje", DEBIT | PAST),
    ("credited received recieved deposited added disbursed loaded recharged got landed creditted reimbursed", CREDIT | PAST),
    ("refunded reversed", CREDIT | PAST | REVERSE),
    ("settled", CREDIT),
    ("जमा क्रेडिट प्राप्त jama prapt", CREDIT | PAST),
    ("debit payment purchase txn transaction trxn tran trans withdrawal wdl transfer trf tfr spend भुगतान bhugtan", DEBIT | NOUN),
    ("credit deposit cashback recharge topup", CREDIT | NOUN),
    ("charge", DEBIT | NOUN),
    ("refund reversal chargeback", CREDIT | NOUN | REVERSE),
    ("dr", DEBIT | SIDE | SHORT),
    ("cr", CREDIT | SIDE | SHORT),
    (
        "rs inr rupees rupee re usd eur gbp aed sgd jpy cad aud chf thb myr lkr npr bdt hkd cny sar qar omr kwd bhd zar idr vnd krw nzd sek nok dkk mur mvr btn",
        CURRENCY | STOP,
    ),
    ("रु रू रुपये रुपए रुपया", CURRENCY | STOP),
    (
        "rs inr re no nos acct ac ref refno avl aval avbl avlbl avail bal amt lmt info mr mrs ms md smt dt id st pvt ltd co tot clr cust txn chq नं रु रू sb a/c incl",
        SHORT,
    ),
    ("a/c ac acct account acc accnt khata khate khaate खाता खाते खाता खाते savings", ACCOUNT),
    ("card cards creditcard debitcard cardmember cardholder कार्ड", CARD),
    ("wallet fastag", WALLET),
    ("bal balance balances avlbal avbal availbal avblbal avlblbal curbal clrbal netbal शेष बैलेंस बकाया bakaya", BALANCE | STOP),
    ("avl aval avbl avlbl avail available avlb उपलब्ध uplabdh", AVAILABLE | STOP),
    ("limit lmt limits", LIMIT | STOP),
    ("due dues outstanding overdue payable minimum min unpaid", DUE),
    ("fee fees charges charge gst commission penalty", FEE),
    ("max maximum upto worth value nav flat save extra above", BOUND),
    (
        "will shall would may can could might should must cannot hoga hogi honge jayega jayenge jaega होगा होगी होंगे जाएगा जाएंगे जायेगा being scheduled upcoming initiated pending",
        FUTURE,
    ),
    ("not never no without nahi nahin नहीं cannot couldn't didn't wasn't hasn't isn't", NEGATION),
    ("if incase once when unless until upon whenever agar yadi यदि अगर ignore already", CONDITION),
    ("otp otps passcode", OTP),
    (
        "declined failed unsuccessful rejected returned bounced dishonoured dishonored failure unable insufficient denied cancelled canceled विफल असफल",
        DECLINED,
    ),
    ("requested requesting requests request collect asking wants अनुरोध", REQUEST),
    ("mandate mandates autopay emandate e-mandate", MANDATE),
    (
        "offer offers eligible preapproved pre-approved hurry congrats congratulations win won voucher vouchers discount coupon redeem bonus rewards avail apply upgrade emis lakh lakhs exciting free shop join withdraw lucky claim exclusive cashback points off play",
        OFFER,
    ),
    ("successful successfully success completed done made processed confirmed posted settled was earned approved सफल", DONE),
    ("ref refno reference rrn utr refid utrno rrnno", REFERENCE | STOP),
    ("संदर्भ sandarbh", REFERENCE | STOP),
    ("cheque chq check", CHEQUE),
    ("upi bhim vpa", UPI | RAIL),
    (
        "imps neft rtgs bbps ach nach ecs pos mmt bil inft vps iin vin tpt aeps info neftinward e-nach enach achdr achcr infoach infoupi infovps infobil infonach infoimps infoneft infoinft",
        RAIL,
    ),
    (
        "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december",
        MONTH,
    ),
    ("your ur you u my yours aapke apke aapka apka आपके आपका आपकी", YOUR),
    ("at to from by towards toward for on in into via thru thro through using as being under with @", PREPOSITION | STOP),
    (
        "with is was has had have are being and not if call txn transaction your ur in ref refno rrn utr dated dt dtd date value incl including ist hrs upi imps neft rtgs info linked will updated total clear clr net final current cur new credited debited earned vide of umrn umn id powered successful using as due when where that this it team regards thank successfully via a/c acct ac ending please pls vpa getting yields से में को द्वारा का की के हैं se mein ko ke dwara",
        STOP,
    ),
    ("no no. number num nos is of id : . - # the nos ending with in bearing संख्या नं sankhya ref refno", FILLER),
    (
        "statement e-statement link request application complaint sms email mail details order document parcel kit query mandate certificate beneficiary payee report pin cheque chequebook instruction instructions kyc form invoice points miles units shares coins consent documents feedback collect message code bill invite dispute",
        THING,
    ),
    (
        "complaint dispute disputed regarding registered enabled disabled changed modified expires expired expire locked hotlisted activate activated activation nominee placed generated sanctioned booked cancelled pending eligibility acceptance blocked lien",
        ARRANGED,
    ),
    (
        "upi imps neft rtgs netbanking net banking internet mobile online atm pos ecs nach ach card cards transaction txn payment payments purchase transfer account a/c ac bank via linked branch app ib inb mb ob customer self counter cheque chq clearing clg no emi loan ecs order amount amt money alert update dear user sum an total the folio mpay standing instruction si chrg asba ipo creation",
        EMPTY,
    ),
    (
        "sbi boi pnb bob iob ubi cbi uco idbi idfc icici hdfc axis kotak canara yes rbl tmb kvb cub csb dcb jkb psb bom kgb tjsb ippb एसबीआई",
        SIGNATURE,
    ),
];

static TABLE: LazyLock<HashMap<&'static str, Tags>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (words, tags) in WORDS {
        for word in words.split(' ') {
            *table.entry(word).or_insert(0) |= tags;
        }
    }
    table
});

/// What a word in lower case can mean; nothing for the most of them.
pub fn tags_of(word: &str) -> Tags {
    if word.len() > 24 {
        return 0;
    }
    let known = TABLE.get(word).copied().unwrap_or(0);
    // OneCard, SuperCard, BOBCARD
    if known == 0 && word.len() > 4 && word.ends_with("card") { CARD } else { known }
}
