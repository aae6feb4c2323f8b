//! Rows of cells, read into a statement.

use bank_feed::{Account, AccountKind, Balance, Currency, Direction, Entry};
use jiff::civil::{Date, Time};

use crate::Upload;
use crate::amount::{Amount, amount, is_blank, side};
use crate::balance::{self, Step};
use crate::column::{Column, column};
use crate::date::{First, date_time, in_india, is_to_come, only_reading, time};
use crate::error::{Order, Place, Refusal};
use crate::grid::Row;
use crate::layout::{HEADER_ROWS_MAX, Layout};
use crate::narration::{cleaned, counterparty, mode, reference, reference_within};
use crate::preamble::{Preamble, is_closing, is_opening, last_balance};
use crate::statement::{Checks, Format, Period, Statement, number_alike};

/// A row of the table, its amount's side still as the cells tell it.
struct Line {
    place: Place,
    date: Date,
    time: Option<Time>,
    value_date: Option<Date>,
    money: Money,
    after: Option<i64>,
    narration: String,
    reference: Option<String>,
    id: Option<String>,
}

#[derive(Clone, Copy)]
enum Money {
    /// From the column of withdrawals, as it is signed there.
    Debit(i64),
    Credit(i64),
    Sided(Direction, i64),
    /// Only its sign can tell.
    Signed(Amount),
}

/// How many names of columns a row has, if it is the row that names them.
pub fn names(row: &Row) -> usize {
    Layout::of(row).map_or(0, |layout| layout.known())
}

pub fn statement(mut rows: Vec<Row>, upload: &Upload<'_>, format: Format) -> Result<Statement, Refusal> {
    let (at, layout) = header(&rows)?;
    layout.check()?;
    let mut body = rows.split_off((at + 1).min(rows.len()));
    rows.truncate(at);
    body.iter_mut().for_each(|row| layout.mend(row));
    let first = first_of(&layout, &body)?;
    let mut reader =
        Reader { layout: &layout, first, upload, head: Preamble::read(&rows, first), lines: Vec::new(), passed_over: 0, is_below: false };
    if reader.head.is_foreign {
        return Err(Refusal::Currency { place: layout.place });
    }
    for row in &body {
        reader.take(row)?;
    }
    reader.finish(format)
}

fn header(rows: &[Row]) -> Result<(usize, Layout), Refusal> {
    let near = || rows.iter().enumerate().take(HEADER_ROWS_MAX);
    if let Some(found) = near().find_map(|(at, row)| Layout::of(row).map(|layout| (at, layout))) {
        return Ok(found);
    }
    let known = |row: &Row| (0..row.cells.len()).filter_map(|at| column(row.cell(at))).collect::<Vec<_>>();
    let closest = near().map(|(_, row)| (row.place, known(row))).find(|(_, columns)| columns.len() >= 3);
    Err(match closest {
        Some((place, columns)) if columns.contains(&Column::Date) => Refusal::HeaderLacks { place, missing: Column::Amount },
        Some((place, _)) => Refusal::HeaderLacks { place, missing: Column::Date },
        None => Refusal::NoHeader,
    })
}

/// Days come before months, unless no date of the file reads so.
fn first_of(layout: &Layout, body: &[Row]) -> Result<First, Refusal> {
    let mut found = None;
    for row in body {
        match (only_reading(layout.cell(row, Column::Date)), found) {
            (Some(first), None) => found = Some(first),
            (Some(first), Some(before)) if first != before => {
                return Err(Refusal::MixedDates { place: row.place, column: Column::Date });
            }
            _ => {}
        }
    }
    Ok(found.unwrap_or_default())
}

struct Reader<'a> {
    layout: &'a Layout,
    first: First,
    upload: &'a Upload<'a>,
    head: Preamble,
    lines: Vec<Line>,
    passed_over: usize,
    /// Below the table: totals, remarks, conditions.
    is_below: bool,
}

impl Reader<'_> {
    fn take(&mut self, row: &Row) -> Result<(), Refusal> {
        let date_cell = self.layout.cell(row, Column::Date);
        match date_time(date_cell, self.first) {
            Some((date, time)) => self.dated(row, date, time),
            None => self.undated(row, date_cell),
        }
    }

    fn undated(&mut self, row: &Row, date_cell: &str) -> Result<(), Refusal> {
        if let Some(other) = Layout::of(row) {
            if !other.is_like(self.layout) {
                return Err(Refusal::AnotherTable { place: row.place });
            }
            self.passed_over += 1;
            self.is_below = false;
            return Ok(());
        }
        let text = row.text();
        let lower = text.to_lowercase();
        if is_opening(&lower) || is_closing(&lower) {
            self.stated(row, &lower);
            self.is_below |= !self.lines.is_empty() && last_balance(row).is_none();
        } else if is_footer(&lower) {
            self.is_below = true;
        } else if !self.is_below {
            let moves = [Column::Debit, Column::Credit, Column::Amount].map(|column| amount(self.layout.cell(row, column)).is_some());
            let is_total = is_blank(date_cell) && matches!(moves, [true, true, _]);
            if moves.contains(&true) && !is_total {
                return Err(Refusal::BadDate { place: row.place, column: Column::Date });
            }
            let more = self.layout.cells(row, Column::Narration).collect::<Vec<_>>().join(" ");
            if let Some(line) = self.lines.last_mut().filter(|_| date_cell.is_empty() && !more.is_empty() && !is_total) {
                line.narration = cleaned(&format!("{} {more}", line.narration));
                return Ok(());
            }
        }
        self.passed_over += 1;
        Ok(())
    }

    /// A balance that the file tells before or after the rows.
    fn stated(&mut self, row: &Row, lower: &str) {
        let stated = if is_opening(lower) { &mut self.head.opening } else { &mut self.head.closing };
        if is_closing(lower) || stated.is_none() && (self.lines.is_empty() || last_balance(row).is_some()) {
            *stated = last_balance(row).or(*stated);
        }
    }

    fn dated(&mut self, row: &Row, date: Date, time_of_day: Option<Time>) -> Result<(), Refusal> {
        let place = row.place;
        let narration = cleaned(&self.layout.cells(row, Column::Narration).collect::<Vec<_>>().join(" "));
        let lower = narration.to_lowercase();
        let after = self.after(row)?;
        let Some(money) = self.money(row)? else {
            if is_opening(&lower) || is_closing(&lower) || after.is_some() && self.lines.is_empty() {
                let stated = if is_closing(&lower) { &mut self.head.closing } else { &mut self.head.opening };
                *stated = stated.or(after);
                self.passed_over += 1;
                return Ok(());
            }
            if self.is_below || after.is_none() && narration.is_empty() {
                self.passed_over += 1;
                return Ok(());
            }
            return Err(Refusal::NoAmount { place });
        };
        if self.is_below {
            // A dated row with money below the totals is a row of the table after all.
            self.is_below = false;
        }
        if is_to_come(date, self.upload.today) {
            return Err(Refusal::FutureDate { place, column: Column::Date });
        }
        self.currency(row)?;
        let references = self.layout.cells(row, Column::Reference).find_map(reference);
        let value_date = date_time(self.layout.cell(row, Column::ValueDate), self.first).map(|(date, _)| date);
        self.lines.push(Line {
            place,
            date,
            time: time_of_day.or_else(|| time(self.layout.cell(row, Column::Time))),
            value_date,
            money,
            after,
            reference: references,
            narration,
            id: self.layout.cells(row, Column::Id).find_map(reference),
        });
        Ok(())
    }

    fn after(&self, row: &Row) -> Result<Option<i64>, Refusal> {
        let cell = self.layout.cell(row, Column::Balance);
        if is_blank(cell) {
            return Ok(None);
        }
        let read = amount(cell).ok_or(Refusal::BadAmount { place: row.place, column: Column::Balance })?;
        Ok(Some(read.as_balance(side(self.layout.cell(row, Column::BalanceSide)))))
    }

    fn cell_amount(&self, row: &Row, column: Column) -> Result<Option<Amount>, Refusal> {
        let cell = self.layout.cell(row, column);
        if is_blank(cell) {
            return Ok(None);
        }
        amount(cell).map(Some).ok_or(Refusal::BadAmount { place: row.place, column })
    }

    fn money(&self, row: &Row) -> Result<Option<Money>, Refusal> {
        let place = row.place;
        if self.layout.has(Column::Debit) {
            let debit = self.cell_amount(row, Column::Debit)?;
            let credit = self.cell_amount(row, Column::Credit)?;
            let against = |amount: Option<Amount>, side| amount.is_some_and(|amount| amount.side == Some(side));
            if against(debit, Direction::Credit) {
                return Err(Refusal::BadAmount { place, column: Column::Debit });
            }
            if against(credit, Direction::Debit) {
                return Err(Refusal::BadAmount { place, column: Column::Credit });
            }
            return match (debit.map(|debit| debit.paise), credit.map(|credit| credit.paise)) {
                (None, None) => Ok(None),
                (Some(debit), None | Some(0)) => Ok(Some(Money::Debit(debit))),
                (None | Some(0), Some(credit)) => Ok(Some(Money::Credit(credit))),
                (Some(_), Some(_)) => Err(Refusal::BothSides { place }),
            };
        }
        let Some(read) = self.cell_amount(row, Column::Amount)? else { return Ok(None) };
        let told = side_within(self.layout.cell(row, Column::Side)).or(read.side);
        match told {
            Some(Direction::Credit) if read.paise < 0 => Err(Refusal::NoSide { place }),
            Some(side) => Ok(Some(Money::Sided(side, read.paise.abs()))),
            None => Ok(Some(Money::Signed(read))),
        }
    }

    fn currency(&self, row: &Row) -> Result<(), Refusal> {
        let cell = self.layout.cell(row, Column::Currency);
        let is_rupees = ["inr", "rs", "rs.", "rupees", "₹", "indian rupee"].contains(&cell.to_lowercase().as_str());
        if cell.is_empty() || is_rupees { Ok(()) } else { Err(Refusal::Currency { place: row.place }) }
    }

    fn finish(self, format: Format) -> Result<Statement, Refusal> {
        let Some(first_line) = self.lines.first() else { return Err(Refusal::NoRows) };
        let first_place = first_line.place;
        let deltas = deltas(&self.lines);
        let steps: Vec<Step> =
            self.lines.iter().zip(&deltas).map(|(line, delta)| Step { place: line.place, delta: *delta, after: line.after }).collect();
        let unsigned = self.lines.iter().find(|line| matches!(line.money, Money::Signed(_)));
        let unsigned = unsigned.filter(|_| !self.lines.iter().any(|line| matches!(line.money, Money::Signed(amount) if amount.is_signed)));
        let by_date = order_of(&self.lines);
        let (order, balances_compared) = balance::order(self.head.opening, &steps, by_date).map_err(|(order, place)| match unsigned {
            Some(line) => Refusal::NoSide { place: line.place },
            None => Refusal::BalanceBreaks { place, order },
        })?;
        if let Some(line) = unsigned.filter(|_| balances_compared == 0) {
            return Err(Refusal::NoSide { place: line.place });
        }
        let order = if balances_compared == 0 { by_date.unwrap_or(order) } else { order };
        let mut sorted: Vec<(Line, i64)> = self.lines.into_iter().zip(deltas).collect();
        if order == Order::NewestFirst {
            sorted.reverse();
        }
        if balances_compared == 0 {
            sorted.sort_by_key(|(line, _)| (line.date, line.time));
        }
        let last_known = sorted.iter().rposition(|(line, _)| line.after.is_some());
        let closing = match last_known {
            Some(at) => {
                let since: i64 = sorted.iter().skip(at + 1).map(|(_, delta)| *delta).fold(0, i64::saturating_add);
                sorted.get(at).and_then(|(line, _)| line.after).map(|after| after.saturating_add(since))
            }
            None => self.head.opening.map(|opening| sorted.iter().fold(opening, |sum, (_, delta)| sum.saturating_add(*delta))),
        };
        if let (Some(told), Some(found)) = (self.head.closing, closing)
            && told != found
        {
            let place = sorted.last().map_or(first_place, |(line, _)| line.place);
            return Err(Refusal::BalanceBreaks { place, order });
        }
        let opening = self.head.opening.or_else(|| {
            let (line, delta) = sorted.first()?;
            Some(line.after?.saturating_sub(*delta))
        });
        let entries = entries(&sorted, self.upload.account_id)?;
        let dates = || sorted.iter().map(|(line, _)| line.date);
        let seen = dates().min().zip(dates().max()).ok_or(Refusal::NoRows)?;
        let (from, to) = self.head.period.unwrap_or(seen);
        let minor = closing.or(self.head.closing);
        let at = entries.last().map(|entry| entry.booked_at);
        Ok(Statement {
            format,
            account: Account {
                id: self.upload.account_id.to_owned(),
                bank: self.upload.bank.or(self.head.bank).unwrap_or("Bank").to_owned(),
                name: None,
                masked_number: self.head.masked_number,
                kind: self.head.kind.unwrap_or(AccountKind::Other),
                balance: minor.map(|minor| Balance { minor, currency: Currency::INR, at }),
            },
            entries,
            period: Period { from, to, is_stated: self.head.period.is_some() },
            checks: Checks { order, balances_compared, opening_minor: opening, closing_minor: minor, rows_passed_over: self.passed_over },
        })
    }
}

/// What each line did to the balance. In a column of withdrawals a minus says nothing where all have
/// one; where only some have, these were given back.
fn deltas(lines: &[Line]) -> Vec<i64> {
    let all_below = |of: fn(Money) -> Option<i64>| lines.iter().filter_map(|line| of(line.money)).all(|paise| paise <= 0);
    let debit = |money| if let Money::Debit(paise) = money { Some(paise) } else { None };
    let credit = |money| if let Money::Credit(paise) = money { Some(paise) } else { None };
    let (debits_below, credits_below) = (all_below(debit), all_below(credit));
    let delta = |line: &Line| match line.money {
        Money::Debit(paise) if debits_below => -paise.abs(),
        Money::Debit(paise) => -paise,
        Money::Credit(paise) if credits_below => paise.abs(),
        Money::Credit(paise) => paise,
        Money::Sided(Direction::Debit, paise) => -paise,
        Money::Sided(Direction::Credit, paise) => paise,
        Money::Signed(amount) => amount.paise,
    };
    lines.iter().map(delta).collect()
}

/// `None` where the days do not tell.
fn order_of(lines: &[Line]) -> Option<Order> {
    let times = || lines.iter().map(|line| line.date).zip(lines.iter().skip(1).map(|line| line.date));
    let rises = times().all(|(one, next)| one <= next);
    let falls = times().all(|(one, next)| one >= next);
    match (rises, falls) {
        (true, false) => Some(Order::OldestFirst),
        (false, true) => Some(Order::NewestFirst),
        _ => None,
    }
}

fn entries(lines: &[(Line, i64)], account_id: &str) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::with_capacity(lines.len());
    for (line, delta) in lines {
        let booked_at = in_india(line.date, line.time).ok_or(Refusal::BadDate { place: line.place, column: Column::Date })?;
        let reference = line.reference.clone().or_else(|| reference_within(&line.narration));
        entries.push(Entry {
            account_id: account_id.to_owned(),
            id: line.id.clone(),
            booked_at,
            value_date: line.value_date,
            amount_minor: delta.abs(),
            currency: Currency::INR,
            direction: if *delta > 0 { Direction::Credit } else { Direction::Debit },
            balance_after_minor: line.after,
            mode: mode(&line.narration),
            counterparty: counterparty(&line.narration),
            narration: line.narration.clone(),
            reference,
            is_pending: false,
        });
    }
    number_alike(&mut entries);
    Ok(entries)
}

/// `DR`, `Credit`, `TRANSFER DR`.
fn side_within(cell: &str) -> Option<Direction> {
    side(cell).or_else(|| cell.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.len() > 1).find_map(side))
}

pub fn is_footer(lower: &str) -> bool {
    const STARTS: [&str; 28] = [
        "total",
        "grand total",
        "sub total",
        "subtotal",
        "page total",
        "transaction total",
        "statement summary",
        "summary",
        "end of statement",
        "this is a",
        "this is computer",
        "this is system",
        "computer generated",
        "system generated",
        "generated on",
        "generated by",
        "statement generated",
        "printed on",
        "legend",
        "legends",
        "disclaimer",
        "note",
        "please",
        "page ",
        "registered office",
        "dr count",
        "unless the constituent",
        "abbreviations",
    ];
    let start = lower.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    start.is_empty() || STARTS.iter().any(|word| start.starts_with(word))
}
