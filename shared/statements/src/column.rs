//! The columns of a statement, by the names that banks give them.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Date,
    Time,
    ValueDate,
    Narration,
    Reference,
    /// Money out.
    Debit,
    /// Money in.
    Credit,
    /// Signed, or with a side in its own column or behind the digits.
    Amount,
    /// Which way the amount went: Dr or Cr.
    Side,
    Balance,
    BalanceSide,
    /// The bank's own name for the line.
    Id,
    Currency,
    /// Known, and of no use here: a running number, a branch.
    Other,
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::ValueDate => "value date",
            Self::Narration => "description",
            Self::Reference => "reference",
            Self::Debit => "withdrawal",
            Self::Credit => "deposit",
            Self::Amount => "amount",
            Self::Side => "Dr/Cr",
            Self::Balance => "balance",
            Self::BalanceSide => "balance's Dr/Cr",
            Self::Id => "transaction id",
            Self::Currency => "currency",
            Self::Other => "other",
        })
    }
}

/// Longer texts are no name of a column.
const NAME_CHARS_MAX: usize = 60;

/// The column that is called so; `None` for a name that no bank was seen to use.
pub fn column(name: &str) -> Option<Column> {
    if name.len() > NAME_CHARS_MAX {
        return None;
    }
    let words = words(name);
    Some(match words.as_str() {
        "date"
        | "txn date"
        | "transaction date"
        | "tran date"
        | "trans date"
        | "posting date"
        | "post date"
        | "posted date"
        | "txn posted date"
        | "booking date"
        | "entry date"
        | "date time"
        | "transaction date time"
        | "txn date time"
        | "tran dt"
        | "txn dt"
        | "date of transaction"
        | "transaction posted date"
        | "date and time" => Column::Date,
        "time" | "txn time" | "transaction time" => Column::Time,
        "value date" | "value dt" | "value dat" | "val date" | "val dt" | "effective date" | "valuedate" => Column::ValueDate,
        "narration"
        | "description"
        | "particulars"
        | "particular"
        | "details"
        | "remarks"
        | "transaction remarks"
        | "transaction details"
        | "transaction description"
        | "transaction particulars"
        | "txn details"
        | "txn description"
        | "narrative"
        | "activity"
        | "source destination"
        | "payee"
        | "comment"
        | "description narration"
        | "tran particulars"
        | "transaction narration"
        | "account description"
        | "particulars description"
        | "details of transaction"
        | "other transaction details upi id or a c no" => Column::Narration,
        "chq ref no"
        | "chq ref number"
        | "cheque no"
        | "ref no cheque no"
        | "ref no"
        | "reference no"
        | "reference"
        | "chq no"
        | "cheque number"
        | "reference number"
        | "utr"
        | "utr no"
        | "utr number"
        | "rrn"
        | "instrument id"
        | "instrument no"
        | "chqno"
        | "ref chq no"
        | "cheque ref no"
        | "cheque reference no"
        | "chq"
        | "cheque"
        | "ref"
        | "upi ref no"
        | "upi ref number"
        | "instr no"
        | "instrument number"
        | "ref no chq no"
        | "cheque no ref no"
        | "chq ref"
        | "cheque ref"
        | "utr rrn"
        | "rrn utr"
        | "bank reference no"
        | "chq reference no"
        | "ref number"
        | "inst no"
        | "chq no ref no"
        | "ref cheque no"
        | "cheque no reference no" => Column::Reference,
        "withdrawal" | "withdrawals" | "withdrawal amt" | "withdrawal amount" | "withdrawals amount" | "debit" | "debits"
        | "debit amount" | "debit amt" | "dr" | "dr amount" | "dr amt" | "paid out" | "money out" | "amount debited" | "withdrawal dr"
        | "withdrawals dr" | "debit dr" | "withdraw" | "amount dr" | "withdrawn" | "payments" | "withdrawal debit" | "debit withdrawal" => {
            Column::Debit
        }
        "deposit" | "deposits" | "deposit amt" | "deposit amount" | "deposits amount" | "credit" | "credits" | "credit amount"
        | "credit amt" | "cr" | "cr amount" | "cr amt" | "paid in" | "money in" | "amount credited" | "deposit cr" | "deposits cr"
        | "credit cr" | "amount cr" | "receipts" | "deposit credit" | "credit deposit" => Column::Credit,
        "amount" | "transaction amount" | "txn amount" | "tran amount" | "amt" | "net amount" | "amount paid" => Column::Amount,
        "dr cr" | "cr dr" | "drcr" | "crdr" | "d c" | "debit credit" | "credit debit" | "type" | "transaction type" | "txn type"
        | "dr or cr" | "sign" | "cr or dr" | "tran type" | "dr cr indicator" => Column::Side,
        "balance"
        | "closing balance"
        | "running balance"
        | "available balance"
        | "balance amount"
        | "ledger balance"
        | "bal"
        | "account balance"
        | "closing bal"
        | "balance amt"
        | "total balance"
        | "available bal"
        | "balance after transaction" => Column::Balance,
        "transaction id" | "tran id" | "txn id" | "txn no" | "transaction no" | "wallet txn id" | "transaction number" | "journal no"
        | "tran no" => Column::Id,
        "currency" | "ccy" | "curr" => Column::Currency,
        "s no" | "sl no" | "sr no" | "serial no" | "no" | "sno" | "srno" | "slno" | "branch" | "branch name" | "branch code" | "sol"
        | "sol id" | "init br" | "your account" | "order id" | "tags" | "status" | "mode" | "channel" | "category" | "post by"
        | "teller" | "location" | "s n" | "sl" | "sr" | "serial" | "init" => Column::Other,
        _ => return None,
    })
}

/// In lower case, marks as single spaces, units left out: `Withdrawal Amount(INR)` is `withdrawal amount`.
fn words(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for sign in name.chars() {
        if sign.is_alphanumeric() {
            text.extend(sign.to_lowercase());
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let mut kept: Vec<&str> = words.iter().copied().filter(|word| !matches!(*word, "inr" | "rs" | "rupees")).collect();
    // `Amount in Rs.`, but `Money in`.
    if kept.len() < words.len() && kept.last() == Some(&"in") {
        kept.pop();
    }
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_however_their_names_are_written() {
        for (name, expected) in [
            ("Txn Date", Column::Date),
            (" Value Dt ", Column::ValueDate),
            ("Chq./Ref.No.", Column::Reference),
            ("Ref No./Cheque No.", Column::Reference),
            ("Withdrawal Amount (INR )", Column::Debit),
            ("DEPOSIT AMT. (in Rs.)", Column::Credit),
            ("Dr / Cr", Column::Side),
            ("Closing Balance₹", Column::Balance),
            ("PARTICULARS", Column::Narration),
            ("Paid in", Column::Credit),
        ] {
            assert_eq!(column(name), Some(expected), "{name}");
        }
        for name in ["", "12/11/2026", "UPI-SWIGGY", &"date ".repeat(50)] {
            assert_eq!(column(name), None, "{name}");
        }
    }
}
