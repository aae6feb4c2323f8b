//! Lines of words to rows of cells, by the places of the columns' names.

use super::words::{Line, Word, segments};
use crate::amount::{amount, side};
use crate::column::{Column, column};
use crate::date::{First, date_time, time};
use crate::error::{Place, Refusal};
use crate::grid::{COLUMNS_MAX, ROWS_MAX, Row};
use crate::layout::Layout;
use crate::rows::is_footer;

/// Names of columns are of a few words, on a few lines.
const NAME_WORDS_MAX: usize = 6;
const NAME_LINES_MAX: usize = 3;
/// A line of more words names no columns.
const HEADER_WORDS_MAX: usize = 60;

/// A column, and where its name stands.
struct Head {
    column: Column,
    left: f32,
    right: f32,
    name: String,
}

struct Table {
    heads: Vec<Head>,
}

/// The rows of all pages: what stands around the table as it stands there, and the table by columns.
pub fn rows(pages: &[Vec<Line>]) -> Result<Vec<Row>, Refusal> {
    let mut rows: Vec<Row> = Vec::new();
    let mut table: Option<Table> = None;
    for (page, lines) in (1..).zip(pages) {
        let place = |at: usize| Place { page: Some(page), line: u32::try_from(at + 1).unwrap_or(u32::MAX) };
        let header = (0..lines.len()).find_map(|at| header(lines.get(at..).unwrap_or_default()).map(|(heads, count)| (at, count, heads)));
        let mut start = 0;
        if let Some((at, count, heads)) = header {
            rows.extend(lines.iter().take(at).enumerate().map(|(at, line)| around(line, place(at))));
            rows.push(Row { place: place(at), cells: heads.iter().map(|head| head.name.clone()).collect() });
            start = at + count;
            table = Some(Table { heads });
        }
        let below = lines.get(start..).unwrap_or_default();
        match &table {
            Some(table) => table.read(below, |at| place(start + at), &mut rows),
            None => rows.extend(below.iter().enumerate().map(|(at, line)| around(line, place(start + at)))),
        }
        if rows.len() > ROWS_MAX {
            return Err(Refusal::TooManyRows { rows_max: ROWS_MAX });
        }
    }
    Ok(rows)
}

fn around(line: &Line, place: Place) -> Row {
    let cells = segments(&line.words, 1.2 * line.size).into_iter().map(|segment| segment.text).take(COLUMNS_MAX);
    Row { place, cells: cells.collect() }
}

/// The names of columns at the top of these lines, and how many lines they take.
fn header(lines: &[Line]) -> Option<(Vec<Head>, usize)> {
    let first = lines.first()?;
    let mut best: Option<(Vec<Head>, usize)> = None;
    for count in 1..=NAME_LINES_MAX.min(lines.len()) {
        let stacked = lines.get(..count)?;
        let last = stacked.last()?;
        if first.y - last.y > 1.6 * first.size.max(last.size) * (count as f32 - 1.0).max(1.0) {
            break;
        }
        // A date is in a row of the table, and no longer among the names.
        if last.words.len() > HEADER_WORDS_MAX || last.words.iter().any(|word| date_time(&word.text, First::Day).is_some()) {
            break;
        }
        let heads = if count == 1 { named(&first.words, first.size) } else { named_in_stacks(stacked) };
        let row = Row { place: Place::line(1), cells: heads.iter().map(|head| head.name.clone()).collect() };
        let is_more = best.as_ref().is_none_or(|(before, _)| heads.len() > before.len());
        if Layout::of(&row).is_some_and(|layout| layout.check().is_ok()) && is_more {
            best = Some((heads, count));
        }
    }
    best
}

/// The longest names that neighbouring words make.
fn named(words: &[Word], size: f32) -> Vec<Head> {
    let mut heads = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.first() {
        let pairs = rest.iter().zip(rest.iter().skip(1)).take(NAME_WORDS_MAX);
        let near = 1 + pairs.take_while(|(one, next)| next.left - one.right < 2.0 * size).count();
        let found = (1..=near.min(NAME_WORDS_MAX)).rev().find_map(|count| {
            let words = rest.get(..count)?;
            let name = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            let right = words.last()?.right;
            column(&name).map(|column| (Head { column, left: first.left, right, name }, count))
        });
        let count = found.as_ref().map_or(1, |(_, count)| *count);
        heads.extend(found.map(|(head, _)| head));
        rest = rest.get(count..).unwrap_or_default();
    }
    heads
}

/// Names of several lines: what stands one below the other is one name.
fn named_in_stacks(lines: &[Line]) -> Vec<Head> {
    let mut stacks: Vec<Word> = Vec::new();
    for line in lines {
        for segment in segments(&line.words, 0.8 * line.size) {
            let above = stacks.iter_mut().find(|stack| segment.left < stack.right && segment.right > stack.left);
            match above {
                Some(stack) => {
                    stack.text.push(' ');
                    stack.text.push_str(&segment.text);
                    stack.left = stack.left.min(segment.left);
                    stack.right = stack.right.max(segment.right);
                }
                None => stacks.push(segment),
            }
        }
    }
    stacks.sort_by(|one, next| one.left.total_cmp(&next.left));
    let named = |stack: Word| column(&stack.text).map(|column| Head { column, left: stack.left, right: stack.right, name: stack.text });
    stacks.into_iter().take(COLUMNS_MAX).filter_map(named).collect()
}

/// A line, by columns.
struct Cells {
    texts: Vec<String>,
    has_date: bool,
    has_amount: bool,
    left: f32,
}

impl Table {
    fn read(&self, lines: &[Line], place: impl Fn(usize) -> Place, rows: &mut Vec<Row>) {
        let cells: Vec<Cells> = lines.iter().map(|line| self.cells(line)).collect();
        // The row of this page that texts are added to, and where its last line and its text stand.
        let mut open: Option<(usize, f32, f32)> = None;
        // Texts that stand above the row that they belong to.
        let mut before: Vec<String> = Vec::new();
        for (at, (line, read)) in lines.iter().zip(&cells).enumerate() {
            let plain = around(line, place(at));
            let is_text = !read.has_date && !read.has_amount;
            if !is_text {
                let mut texts = read.texts.clone();
                if read.has_date && !before.is_empty() {
                    self.add(&mut texts, &std::mem::take(&mut before).join(" "), true);
                }
                rows.push(Row { place: place(at), cells: texts });
                open = read.has_date.then_some((rows.len() - 1, line.y, self.text_left(read, line)));
                continue;
            }
            let next = lines.get(at + 1).zip(cells.get(at + 1)).filter(|(_, next)| next.has_date);
            let below = next.map(|(next, _)| line.y - next.y).filter(|gap| *gap < 2.5 * line.size);
            let above = open.map(|(_, y, _)| y - line.y).filter(|gap| *gap < 2.5 * line.size);
            let stands_under = open.is_none_or(|(_, _, left)| (read.left - left).abs() < 4.0 * line.size || read.left > left);
            let is_remark = is_footer(&plain.text().to_lowercase());
            match (above, below) {
                _ if is_remark || !stands_under => {
                    open = None;
                    rows.push(plain);
                }
                (above, Some(below)) if above.is_none_or(|above| below < 0.75 * above) => before.push(plain.text()),
                (Some(_), _) => {
                    if let Some((row, y, _)) = &mut open {
                        *y = line.y;
                        if let Some(row) = rows.get_mut(*row) {
                            self.add(&mut row.cells, &plain.text(), false);
                        }
                    }
                }
                _ => {
                    open = None;
                    rows.push(plain);
                }
            }
        }
    }

    fn text_left(&self, read: &Cells, line: &Line) -> f32 {
        let narration = self.heads.iter().position(|head| head.column == Column::Narration);
        let text = narration.and_then(|at| read.texts.get(at)).map(String::as_str).unwrap_or_default();
        let first = text.split(' ').next().unwrap_or_default();
        line.words.iter().find(|word| !first.is_empty() && word.text == first).map_or(read.left, |word| word.left)
    }

    /// To the narration.
    fn add(&self, cells: &mut [String], text: &str, is_before: bool) {
        let Some(at) = self.heads.iter().position(|head| head.column == Column::Narration) else { return };
        let Some(cell) = cells.get_mut(at) else { return };
        *cell = match (cell.is_empty(), is_before) {
            (true, _) => text.to_owned(),
            (false, true) => format!("{text} {cell}"),
            (false, false) => format!("{cell} {text}"),
        };
    }

    fn cells(&self, line: &Line) -> Cells {
        let mut texts = vec![String::new(); self.heads.len()];
        let mut taken: Vec<Option<usize>> = vec![None; line.words.len()];
        let has_date = self.dates(line, &mut texts, &mut taken);
        let has_amount = self.amounts(line, &mut texts, &mut taken);
        self.others(line, &mut texts, &taken);
        let left = line.words.first().map_or(0.0, |word| word.left);
        Cells { texts, has_date, has_amount, left }
    }

    /// The column of that kind whose name is nearest, and how far away it is.
    fn nearest(&self, left: f32, right: f32, is_kind: impl Fn(Column) -> bool) -> Option<(usize, f32)> {
        let gap = |head: &Head| (head.left - right).max(left - head.right).max(0.0);
        let ends = |head: &Head| (head.right - right).abs().min((head.left - left).abs());
        let kinds = self.heads.iter().enumerate().filter(|(_, head)| is_kind(head.column));
        let best = kinds.min_by(|(_, one), (_, next)| gap(one).total_cmp(&gap(next)).then(ends(one).total_cmp(&ends(next))));
        best.map(|(at, head)| (at, gap(head)))
    }

    fn dates(&self, line: &Line, texts: &mut [String], taken: &mut [Option<usize>]) -> bool {
        let is_dates = |column| matches!(column, Column::Date | Column::ValueDate);
        let mut has_date = false;
        let mut at = 0;
        while at < line.words.len() {
            let mut count = 1;
            for words in [3, 2, 1] {
                let Some(part) = line.words.get(at..at + words) else { continue };
                let text = part.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
                let is_date = [First::Day, First::Month].into_iter().any(|first| date_time(&text, first).is_some());
                let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
                let near = self.nearest(first.left, last.right, is_dates).filter(|(_, gap)| *gap < 1.5 * line.size);
                if let Some((head, _)) = near.filter(|(head, _)| is_date && texts.get(*head).is_some_and(String::is_empty)) {
                    count = words;
                    // `10:15:30` or `10:15 PM` behind the date.
                    let behind = |count: usize| line.words.get(at + words..at + words + count);
                    let clock = [2, 1].into_iter().find(|count| {
                        behind(*count).is_some_and(|part| {
                            let text = part.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
                            let is_near = part.first().is_some_and(|word| word.left - last.right < line.size);
                            is_near && text.contains(':') && time(&text).is_some()
                        })
                    });
                    let mut cell = text;
                    if let Some(clock) = clock {
                        for word in behind(clock).unwrap_or_default() {
                            cell.push(' ');
                            cell.push_str(&word.text);
                        }
                        count += clock;
                    }
                    taken.iter_mut().skip(at).take(count).for_each(|taken| *taken = Some(head));
                    has_date |= self.heads.get(head).is_some_and(|head| head.column == Column::Date);
                    if let Some(empty) = texts.get_mut(head) {
                        *empty = cell;
                    }
                    break;
                }
            }
            at += count;
        }
        // A single date below two names of which the first is the value's, or in a file with one name.
        has_date || !self.heads.iter().any(|head| head.column == Column::Date) && texts.iter().any(|text| !text.is_empty())
    }

    fn amounts(&self, line: &Line, texts: &mut [String], taken: &mut [Option<usize>]) -> bool {
        let is_amounts = |column| matches!(column, Column::Debit | Column::Credit | Column::Amount | Column::Balance);
        let is_texts = |column| matches!(column, Column::Narration | Column::Reference | Column::Id);
        let has_sides = self.heads.iter().any(|head| matches!(head.column, Column::Side | Column::BalanceSide));
        let mut has_amount = false;
        for at in 0..line.words.len() {
            let Some(word) = line.words.get(at).filter(|_| taken.get(at).is_some_and(Option::is_none)) else { continue };
            let before = at.checked_sub(1).and_then(|at| line.words.get(at));
            let is_alone = before.is_none_or(|before| word.left - before.right > 1.0 * line.size);
            let has_paise = word
                .text
                .rsplit_once('.')
                .is_some_and(|(_, paise)| paise.len() >= 2 && paise.starts_with(|sign: char| sign.is_ascii_digit()));
            if amount(&word.text).is_none() || !has_paise && !is_alone {
                continue;
            }
            let Some((head, gap)) = self.nearest(word.left, word.right, is_amounts) else { continue };
            let to_text = self.nearest(word.left, word.right, is_texts).map_or(f32::INFINITY, |(_, gap)| gap);
            if gap > 4.0 * line.size || gap > to_text || gap > 0.0 && to_text <= 0.0 {
                continue;
            }
            let mut cell = word.text.clone();
            if let Some(slot) = taken.get_mut(at) {
                *slot = Some(head);
            }
            // `₹ 500.00`, `- 500.00`
            if let Some(before) = before.filter(|before| matches!(before.text.as_str(), "₹" | "Rs." | "INR" | "-" | "+"))
                && word.left - before.right < line.size
                && let Some(slot) = at.checked_sub(1).and_then(|at| taken.get_mut(at)).filter(|slot| slot.is_none())
            {
                *slot = Some(head);
                cell = format!("{}{cell}", before.text);
            }
            let next = line.words.get(at + 1).filter(|next| next.left - word.right < line.size && side(&next.text).is_some());
            if let Some(next) = next.filter(|_| !has_sides) {
                cell = format!("{cell} {}", next.text);
                if let Some(slot) = taken.get_mut(at + 1) {
                    *slot = Some(head);
                }
            }
            has_amount = true;
            if let Some(text) = texts.get_mut(head) {
                // Two amounts in one cell are none: the row is refused.
                *text = if text.is_empty() { cell } else { format!("{text} {cell}") };
            }
        }
        has_amount
    }

    fn others(&self, line: &Line, texts: &mut [String], taken: &[Option<usize>]) {
        let is_side = |column| matches!(column, Column::Side | Column::BalanceSide);
        let is_text =
            |column| matches!(column, Column::Narration | Column::Reference | Column::Id | Column::Other | Column::Time | Column::Currency);
        let mut group: Vec<Word> = Vec::new();
        let mut groups: Vec<Word> = Vec::new();
        for (word, taken) in line.words.iter().zip(taken) {
            // Texts that run into each other are two.
            let is_apart = group.last().is_some_and(|before| (word.left - before.right).abs() > 1.2 * line.size);
            if taken.is_some() || is_apart {
                groups.extend(segments(&std::mem::take(&mut group), f32::INFINITY));
            }
            if taken.is_none() {
                group.push(word.clone());
            }
        }
        groups.extend(segments(&group, f32::INFINITY));
        for segment in groups {
            let at_side =
                self.nearest(segment.left, segment.right, is_side).filter(|(_, gap)| *gap < line.size && side(&segment.text).is_some());
            let head = at_side.or_else(|| self.text_column(&segment, is_text, line.size).map(|at| (at, 0.0)));
            if let Some(text) = head.and_then(|(head, _)| texts.get_mut(head)) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&segment.text);
            }
        }
    }

    /// Of several columns that a text runs through, the one in which it begins.
    fn text_column(&self, segment: &Word, is_text: impl Fn(Column) -> bool + Copy, size: f32) -> Option<usize> {
        let through: Vec<(usize, &Head)> = self
            .heads
            .iter()
            .enumerate()
            .filter(|(_, head)| is_text(head.column) && segment.left < head.right && segment.right > head.left)
            .collect();
        match through.as_slice() {
            [] => self.nearest(segment.left, segment.right, is_text).map(|(at, _)| at),
            [(at, _)] => Some(*at),
            [(first, _), ..] => {
                let begun = through.iter().rev().find(|(_, head)| head.left <= segment.left + size);
                Some(begun.map_or(*first, |(at, _)| *at))
            }
        }
    }
}
