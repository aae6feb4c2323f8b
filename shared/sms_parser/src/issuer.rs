//! Headers of Indian banks, cards, wallets and payment apps, by how they begin.
//!
//! From public knowledge, incomplete, and only a hint: what a message means does not hang on it.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssuerKind {
    Bank,
    Card,
    Wallet,
    PaymentApp,
    Lender,
    Fastag,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Issuer {
    pub name: &'static str,
    pub kind: IssuerKind,
    headers: &'static str,
}

const fn of(kind: IssuerKind, name: &'static str, headers: &'static str) -> Issuer {
    Issuer { name, kind, headers }
}

use IssuerKind::{Bank, Card, Fastag, Lender, PaymentApp, Wallet};

/// The longest beginning that fits wins, so `SBICRD` is not the bank.
const ISSUERS: &[Issuer] = &[
    of(Card, "SBI Card", "SBICRD SBICARD"),
    of(Bank, "State Bank of India", "SBI CBSSBI ATMSBI SBYONO"),
    of(Bank, "HDFC Bank", "HDFCB"),
    of(Bank, "ICICI Bank", "ICICI"),
    of(Bank, "Axis Bank", "AXISB AXISBK AXIS"),
    of(Bank, "Kotak Mahindra Bank", "KOTAK KTK811"),
    of(Bank, "Punjab National Bank", "PNBSMS PNB"),
    of(Bank, "Bank of Baroda", "BOBTXN BOBSMS BOB BARODA"),
    of(Bank, "Canara Bank", "CANBNK CNRB CANARA"),
    of(Bank, "Union Bank of India", "UNIONB UBOI UBIN"),
    of(Bank, "Bank of India", "BOIIND BKID"),
    of(Bank, "Indian Bank", "INDBNK INDBMK"),
    of(Bank, "Indian Overseas Bank", "IOB"),
    of(Bank, "Central Bank of India", "CENTBK CBOI"),
    of(Bank, "UCO Bank", "UCOBNK UCOBK"),
    of(Bank, "Bank of Maharashtra", "MAHABK BOMBNK"),
    of(Bank, "Punjab & Sind Bank", "PSBANK PSBIND"),
    of(Bank, "IDBI Bank", "IDBI"),
    of(Bank, "IDFC FIRST Bank", "IDFC"),
    of(Bank, "IndusInd Bank", "INDUS"),
    of(Bank, "Yes Bank", "YESB"),
    of(Bank, "RBL Bank", "RBL"),
    of(Bank, "Federal Bank", "FEDBNK FEDBK FEDSCP"),
    of(Bank, "South Indian Bank", "SIBSMS SIBLTD"),
    of(Bank, "Karnataka Bank", "KBLBNK KARBNK"),
    of(Bank, "Karur Vysya Bank", "KVBANK KVBLTD"),
    of(Bank, "City Union Bank", "CUBANK CUBLTD"),
    of(Bank, "Tamilnad Mercantile Bank", "TMBANK TMBSMS"),
    of(Bank, "CSB Bank", "CSBBNK CSBANK"),
    of(Bank, "DCB Bank", "DCBANK DCBBNK"),
    of(Bank, "Dhanlaxmi Bank", "DHANBK"),
    of(Bank, "Nainital Bank", "NTLBNK"),
    of(Bank, "Bandhan Bank", "BDNSMS BANDHN BANDHAN"),
    of(Bank, "Jammu & Kashmir Bank", "JKBANK JKBNK"),
    of(Bank, "AU Small Finance Bank", "AUBANK AUSFB"),
    of(Bank, "Equitas Small Finance Bank", "EQUTAS EQUITS"),
    of(Bank, "Ujjivan Small Finance Bank", "UJJIVN UJVNSF"),
    of(Bank, "Jana Small Finance Bank", "JANABK JANASB"),
    of(Bank, "ESAF Small Finance Bank", "ESAFBK ESAFSF"),
    of(Bank, "Suryoday Small Finance Bank", "SURYDY SURYOD"),
    of(Bank, "Utkarsh Small Finance Bank", "UTKSFB UTKRSH"),
    of(Bank, "Unity Small Finance Bank", "UNITYB UNITSF"),
    of(Bank, "Airtel Payments Bank", "AIRBNK APBANK"),
    of(Bank, "India Post Payments Bank", "IPBMSG IPPB"),
    of(Bank, "Fino Payments Bank", "FINOBK FINOPB"),
    of(Bank, "NSDL Payments Bank", "NSDLPB"),
    of(Bank, "Jio Payments Bank", "JIOPBK JIOPB"),
    of(Bank, "Department of Posts", "DOPBNK INDPOS"),
    of(Bank, "Saraswat Bank", "SARBNK SARASW"),
    of(Bank, "Cosmos Bank", "COSMOS"),
    of(Bank, "SVC Bank", "SVCBNK SVCBK"),
    of(Bank, "HSBC", "HSBC"),
    of(Bank, "Standard Chartered Bank", "SCBANK SCBNK STANCH"),
    of(Bank, "Citibank", "CITIBK CITIBA"),
    of(Bank, "DBS Bank", "DBSBNK DBSBK DIGIBK"),
    of(Bank, "Deutsche Bank", "DEUTBK"),
    of(Bank, "slice", "SLCEIT SLICE"),
    of(Card, "American Express", "AMEX"),
    of(Card, "OneCard", "ONECRD"),
    of(Card, "BOBCARD", "BOBCRD"),
    of(PaymentApp, "PhonePe", "PHONPE PHONEP"),
    of(PaymentApp, "Google Pay", "GOOGPY GPAY"),
    of(PaymentApp, "Paytm", "PAYTM IPAYTM"),
    of(PaymentApp, "CRED", "CREDIN CRED"),
    of(PaymentApp, "Cashfree", "CSHFRE"),
    of(PaymentApp, "JioPay", "JIOPAY"),
    of(PaymentApp, "Juspay", "JUSPAY"),
    of(PaymentApp, "Navi", "NAVIFN NAVIUP"),
    of(PaymentApp, "Fi", "FIMONY"),
    of(PaymentApp, "Jupiter", "JUPITR JTEDGE"),
    of(Wallet, "Amazon Pay", "APAY AMZPAY"),
    of(Wallet, "MobiKwik", "MBKWIK MOBIKW"),
    of(Wallet, "Freecharge", "FRCHRG"),
    of(Wallet, "Ola Money", "OLAMNY"),
    of(Lender, "Bajaj Finance", "BAJAJF BFLSMS"),
    of(Lender, "LazyPay", "LZYPAY LAZYP"),
    of(Lender, "Simpl", "SMPL SIMPL"),
    of(Lender, "KreditBee", "KRDBEE"),
    of(Lender, "Muthoot Finance", "MUTHTF"),
    of(Fastag, "IHMCL FASTag", "IHMCLF"),
];

/// Letters that headers of banks and payment firms have, and few others.
const SOUNDS: &[&str] = &["BNK", "BANK", "BK", "SFB", "UPI", "CRD", "CARD", "PAY", "WLT", "TAG", "GBK", "MNY", "MONEY"];

/// Whose header it is: the issuer with the longest beginning that fits.
pub fn of_header(header: &str) -> Option<&'static Issuer> {
    let mut best: Option<(usize, &'static Issuer)> = None;
    for issuer in ISSUERS {
        for start in issuer.headers.split(' ') {
            let fits = header.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
            if fits && best.is_none_or(|(length, _)| start.len() > length) {
                best = Some((start.len(), issuer));
            }
        }
    }
    best.map(|(_, issuer)| issuer)
}

/// Whether an unknown header has the letters of a bank's or a payment firm's.
pub fn sounds_like_one(header: &str) -> bool {
    let header = header.to_ascii_uppercase();
    SOUNDS.iter().any(|sound| header.contains(sound))
}
