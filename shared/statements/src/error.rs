//! Why a file is not taken, where, and what its owner can do about it.
//!
//! None of these holds what stands in the file: they may be logged and shown to support.

use std::fmt;
use thiserror::Error;

use crate::column::Column;

/// A line as a person counts them, from one; in a PDF on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub page: Option<u32>,
    pub line: u32,
}

impl Place {
    pub(crate) fn line(line: u32) -> Self {
        Self { page: None, line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.page {
            Some(page) => write!(f, "page {page}, line {}", self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}

/// In which order a file lists its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    OldestFirst,
    NewestFirst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {bytes_max} bytes")]
    TooLarge { bytes_max: usize },
    #[error("the file has more than {rows_max} rows")]
    TooManyRows { rows_max: usize },
    #[error("{place}: the row has more than {columns_max} columns")]
    TooWide { place: Place, columns_max: usize },
    #[error("{place}: a quotation mark is opened and not closed")]
    OpenQuote { place: Place },
    #[error("this is a spreadsheet")]
    Spreadsheet,
    #[error("this is a web page")]
    WebPage,
    #[error("this is a picture")]
    Picture,
    #[error("this is no text and no PDF")]
    Binary,
    #[error("no row names the columns of a statement")]
    NoHeader,
    #[error("{place}: the column names say nothing of {missing}")]
    HeaderLacks { place: Place, missing: Column },
    #[error("{place}: the column {column} is named twice")]
    ColumnTwice { place: Place, column: Column },
    #[error("{place}: another table begins")]
    AnotherTable { place: Place },
    #[error("the statement has no rows")]
    NoRows,
    #[error("{place}, {column}: no date")]
    BadDate { place: Place, column: Column },
    #[error("{place}, {column}: some dates have the day first and some the month")]
    MixedDates { place: Place, column: Column },
    #[error("{place}, {column}: the date is still to come")]
    FutureDate { place: Place, column: Column },
    #[error("{place}, {column}: no amount")]
    BadAmount { place: Place, column: Column },
    #[error("{place}: the row has no amount")]
    NoAmount { place: Place },
    #[error("{place}: the row has money going out and coming in")]
    BothSides { place: Place },
    #[error("{place}: nothing says whether money came in or went out")]
    NoSide { place: Place },
    #[error("{place}: the balance does not follow from the one before{}", reversed(*order))]
    BalanceBreaks { place: Place, order: Order },
    #[error("{place}: this is a statement of another currency than rupees")]
    Currency { place: Place },
    #[error("{place}: the file breaks off")]
    BreaksOff { place: Place },
    #[error("{place}: the file has a definition of its own, which statements do not need")]
    Definition { place: Place },
    #[error("{place}: elements lie within elements too deep")]
    TooDeep { place: Place },
    #[error("the file holds several accounts")]
    SeveralAccounts,
    #[error("the PDF is locked and needs its password")]
    PasswordNeeded,
    #[error("the password does not open the PDF")]
    WrongPassword,
    #[error("the PDF has more than {pages_max} pages")]
    TooManyPages { pages_max: usize },
    #[error("the PDF is damaged, or made in a way that is not read")]
    BadPdf,
    #[error("the PDF holds no text, only pictures")]
    NoText,
}

fn reversed(order: Order) -> &'static str {
    match order {
        Order::OldestFirst => "",
        Order::NewestFirst => " (the rows are newest first, so it is the row below)",
    }
}

impl Refusal {
    /// What its owner can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Empty | Self::NoRows => "Download the statement again, for a period with movements.",
            Self::TooLarge { .. } | Self::TooManyRows { .. } | Self::TooManyPages { .. } => {
                "Download statements of shorter periods, and upload them one by one."
            }
            Self::TooWide { .. } | Self::OpenQuote { .. } | Self::BreaksOff { .. } | Self::BadPdf => {
                "Download the file again, and upload it as it came from the bank."
            }
            Self::Spreadsheet => "Choose CSV or PDF at the bank, or save the spreadsheet as CSV.",
            Self::WebPage | Self::Binary | Self::Definition { .. } | Self::TooDeep { .. } => {
                "Download the statement as CSV, OFX or PDF at the bank."
            }
            Self::Picture | Self::NoText => "A scan or photograph cannot be read: download the statement at the bank.",
            Self::NoHeader | Self::HeaderLacks { .. } | Self::ColumnTwice { .. } => {
                "The file needs a row with the names of its columns: date, description, withdrawal, deposit, balance."
            }
            Self::AnotherTable { .. } | Self::SeveralAccounts => "Download a statement of one account.",
            Self::BadDate { .. } | Self::MixedDates { .. } => {
                "Upload the file as it came from the bank: spreadsheet programs change dates when they save."
            }
            Self::FutureDate { .. } => "Check the date in that row; days come before months.",
            Self::BadAmount { .. } | Self::NoAmount { .. } | Self::BothSides { .. } | Self::NoSide { .. } => {
                "Check the amount in that row, or download the file again."
            }
            Self::BalanceBreaks { .. } => "Download the whole statement, without a filter, and upload it unchanged.",
            Self::Currency { .. } => "Only accounts in rupees can be uploaded.",
            Self::PasswordNeeded | Self::WrongPassword => "Give the PDF's password; banks often use the customer id or the date of birth.",
        }
    }
}
