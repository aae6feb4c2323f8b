//! Reconciliation: a day's movements as our ledger, the provider's records and the bank's
//! statement have them, and one reason for each difference.
//!
//! A day is India's, midnight to midnight. A side's sum counts what that side had *done* within the
//! day, so each movement adds the same to the sums as to its own line: the differences that are
//! listed explain the difference of the sums to the paisa. Nothing here moves money.

#[cfg(test)]
mod tests;

use crate::codes::codes;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};
use std::collections::BTreeMap;

/// India's time, all year round.
const INDIA: SignedDuration = SignedDuration::from_mins(330);

/// One day's span: from its midnight to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Day {
    /// `None` at the ends of time.
    pub fn of(date: Date) -> Option<Self> {
        let midnight = |date: Date| Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?.checked_sub(INDIA).ok();
        Some(Self { date, from: midnight(date)?, until: midnight(date.tomorrow().ok()?)? })
    }

    /// The day in which a moment lies.
    pub fn at(moment: Timestamp) -> Option<Self> {
        Self::of(Offset::UTC.to_datetime(moment.checked_add(INDIA).ok()?).date())
    }

    pub fn before(self) -> Option<Self> {
        Self::of(self.date.yesterday().ok()?)
    }

    pub fn has(self, moment: Timestamp) -> bool {
        self.from <= moment && moment < self.until
    }
}

codes! {
    /// What moved.
    Kind {
        /// A customer's payment, in.
        Payment = "payment";
        /// A payment given back, out.
        Refund = "refund";
        /// Money out to a payee.
        Payout = "payout";
        /// A payout's money back from the payee's bank, in.
        Reversal = "reversal";
        /// Money that somebody put into the payout account or took out of it.
        Transfer = "transfer";
    }
}

impl Kind {
    /// Whether it goes through the payout account, and so stands on its statement.
    pub fn is_on_statement(self) -> bool {
        matches!(self, Self::Payout | Self::Reversal | Self::Transfer)
    }
}

codes! {
    /// Why the sides differ. One for each difference: the first that applies, in the order of
    /// [`Movement::reason`].
    Reason {
        /// The provider or the bank has it and the ledger does not.
        ProviderOnly = "provider_only";
        /// The ledger has it and neither of the others does.
        LedgerOnly = "ledger_only";
        /// All have it, with other amounts.
        Amount = "amount";
        /// One says that it is done, another that it is not.
        State = "state";
        /// All have it, with other fees.
        Fee = "fee";
        /// Ledger and provider have it done; it is not on the bank's statement.
        NotOnStatement = "not_on_statement";
        /// Not done yet on any side, and in time.
        OnItsWay = "on_its_way";
        /// Not done yet on any side, and its deadline has passed.
        Overdue = "overdue";
        /// Nobody here asked for it: suspense, a dashboard's doing, a transfer of the owner's.
        NotOurs = "not_ours";
        /// All have it, but not in the same day.
        AfterCutoff = "after_cutoff";
    }
}

codes! {
    /// How far a side has a movement.
    State {
        OnItsWay = "on_its_way";
        Done = "done";
        /// It failed, was refused or came back before it was booked: no money moved for good.
        Undone = "undone";
    }
}

/// A movement as one side has it. Amounts in paise, fees with their taxes; a fee that is given back
/// is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct View {
    pub state: State,
    pub amount: i64,
    pub fee: i64,
    /// When it was posted, made, or booked.
    pub at: Timestamp,
}

/// What the ledger has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ours {
    pub kind: Kind,
    /// Our own id.
    pub operation: String,
    pub provider_id: Option<String>,
    pub utr: Option<String>,
    pub view: View,
    /// Kept in suspense: booked, and nobody's.
    pub suspense: bool,
    /// Until when it may be on its way.
    pub deadline: Option<Timestamp>,
}

/// What the provider's lists have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Theirs {
    pub kind: Kind,
    pub provider_id: String,
    /// Our id, where it names one.
    pub reference: Option<String>,
    pub utr: Option<String>,
    pub view: View,
}

/// A line of the bank's statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub kind: Kind,
    pub line_id: String,
    /// The provider's id of what it belongs to.
    pub provider_id: Option<String>,
    pub utr: Option<String>,
    pub view: View,
}

/// One movement, as all sides have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub kind: Kind,
    pub operation: Option<String>,
    pub provider_id: Option<String>,
    pub line_id: Option<String>,
    pub utr: Option<String>,
    pub ledger: Option<View>,
    pub provider: Option<View>,
    pub bank: Option<View>,
    suspense: bool,
    deadline: Option<Timestamp>,
}

/// What one side counts within the day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub count: u64,
    pub amount: i64,
    pub fee: i64,
}

impl Sum {
    fn add(&mut self, counted: Option<View>) {
        if let Some(view) = counted {
            self.count += 1;
            self.amount += view.amount;
            self.fee += view.fee;
        }
    }
}

/// The three sums of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub ledger: Sum,
    pub provider: Sum,
    pub bank: Sum,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub reason: Reason,
    pub movement: Movement,
    /// What each side counts of it within the day.
    pub counted: Sums,
}

impl Difference {
    /// By how much the ledger counts more than the provider, in paise.
    pub fn ledger_less_provider(&self) -> i64 {
        self.counted.ledger.amount - self.counted.provider.amount
    }

    /// By how much the ledger counts more than the bank, in paise.
    pub fn ledger_less_bank(&self) -> i64 {
        self.counted.ledger.amount - self.counted.bank.amount
    }

    pub fn deadline(&self) -> Option<Timestamp> {
        self.movement.deadline
    }
}

/// The sums of a day, and all that makes them differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub day: Day,
    pub sums: BTreeMap<Kind, Sums>,
    pub differences: Vec<Difference>,
}

/// Matches what the three sides have, and says what differs within the day, as of `now`.
///
/// The sides may also have what lies around the day, so that a movement which one side has just
/// before midnight and another just after is told as that. The order of the lists does not matter.
pub fn reconcile(day: Day, now: Timestamp, ours: Vec<Ours>, theirs: Vec<Theirs>, lines: Vec<Line>) -> Report {
    let mut movements = matched(ours, theirs, lines);
    net(&mut movements);
    let mut report = Report { day, sums: BTreeMap::new(), differences: Vec::new() };
    for movement in movements {
        let counted = movement.counted(day);
        let sums = report.sums.entry(movement.kind).or_default();
        sums.ledger.add(movement.ledger.filter(|view| counts(view, day)));
        sums.provider.add(movement.provider.filter(|view| counts(view, day)));
        sums.bank.add(movement.bank.filter(|view| counts(view, day)));
        if let Some(reason) = movement.reason(day, now) {
            report.differences.push(Difference { reason, movement, counted });
        }
    }
    report.sums.retain(|_, sums| *sums != Sums::default());
    report
}

fn counts(view: &View, day: Day) -> bool {
    view.state == State::Done && day.has(view.at)
}

/// One movement for each thing that any side has. A second one under the same id stays alone:
/// nothing is matched twice.
fn matched(mut ours: Vec<Ours>, mut theirs: Vec<Theirs>, mut lines: Vec<Line>) -> Vec<Movement> {
    ours.sort();
    theirs.sort();
    lines.sort();
    let mut movements: Vec<Movement> = Vec::new();
    let (mut by_provider_id, mut by_operation) = (Index::new(), Index::new());
    for side in ours {
        let place = movements.len();
        match &side.provider_id {
            Some(id) => by_provider_id.entry((side.kind, id.clone())).or_default().push(place),
            // Known to the provider by our own id alone.
            None => by_operation.entry((side.kind, side.operation.clone())).or_default().push(place),
        }
        movements.push(Movement {
            kind: side.kind,
            operation: Some(side.operation),
            provider_id: side.provider_id,
            line_id: None,
            utr: side.utr,
            ledger: Some(side.view),
            provider: None,
            bank: None,
            suspense: side.suspense,
            deadline: side.deadline,
        });
    }
    for side in theirs {
        let free = |movements: &[Movement], index: &Index, id: &str| {
            index.get(&(side.kind, id.to_owned()))?.iter().copied().find(|place| movements[*place].provider.is_none())
        };
        let by_reference = side.reference.as_deref().and_then(|reference| free(&movements, &by_operation, reference));
        let place = free(&movements, &by_provider_id, &side.provider_id).or(by_reference).unwrap_or_else(|| {
            movements.push(Movement::nobodys(side.kind, side.reference.clone()));
            movements.len() - 1
        });
        let movement = &mut movements[place];
        if movement.provider_id.as_ref() != Some(&side.provider_id) || movement.ledger.is_none() {
            by_provider_id.entry((side.kind, side.provider_id.clone())).or_default().push(place);
        }
        movement.provider_id = Some(side.provider_id);
        movement.utr = movement.utr.take().or(side.utr);
        movement.provider = Some(side.view);
    }
    for side in lines {
        let known = side.provider_id.as_ref().and_then(|id| {
            let places = by_provider_id.get(&(side.kind, id.clone()))?;
            places.iter().copied().find(|place| movements[*place].bank.is_none())
        });
        let place = known.unwrap_or_else(|| {
            movements.push(Movement { provider_id: side.provider_id.clone(), ..Movement::nobodys(side.kind, None) });
            movements.len() - 1
        });
        let movement = &mut movements[place];
        movement.utr = movement.utr.take().or(side.utr);
        movement.line_id = Some(side.line_id);
        movement.bank = Some(side.view);
    }
    movements
}

type Index = BTreeMap<(Kind, String), Vec<usize>>;
type Side = fn(&mut Movement) -> &mut Option<View>;

/// A payout that left and came back before the ledger booked it moved nothing: on each of the other
/// sides its two halves cancel, whichever days they lie in.
fn net(movements: &mut [Movement]) {
    let payouts: Index = movements.iter().enumerate().fold(Index::new(), |mut index, (place, movement)| {
        if let (Kind::Payout, Some(id)) = (movement.kind, &movement.provider_id) {
            index.entry((Kind::Payout, id.clone())).or_default().push(place);
        }
        index
    });
    let booked = |movement: &Movement| movement.ledger.is_some_and(|view| view.state == State::Done);
    for back in 0..movements.len() {
        let Some(id) = movements[back].provider_id.clone().filter(|_| movements[back].kind == Kind::Reversal) else { continue };
        let Some([out]) = payouts.get(&(Kind::Payout, id)).map(Vec::as_slice) else { continue };
        let out = *out;
        if booked(&movements[out]) || booked(&movements[back]) {
            continue;
        }
        let (provider, bank): (Side, Side) = (|movement| &mut movement.provider, |movement| &mut movement.bank);
        for (side, tells_fees) in [(provider, false), (bank, true)] {
            let (Some(left), Some(returned)) = (*side(&mut movements[out]), *side(&mut movements[back])) else { continue };
            // A fee that the bank kept did move.
            if left.amount == returned.amount && (!tells_fees || left.fee + returned.fee == 0) {
                *side(&mut movements[out]) = Some(View { state: State::Undone, ..left });
                *side(&mut movements[back]) = Some(View { state: State::Undone, ..returned });
            }
        }
    }
}

impl Movement {
    fn nobodys(kind: Kind, operation: Option<String>) -> Self {
        Self {
            kind,
            operation,
            provider_id: None,
            line_id: None,
            utr: None,
            ledger: None,
            provider: None,
            bank: None,
            suspense: false,
            deadline: None,
        }
    }

    /// What each side counts of it within the day.
    fn counted(&self, day: Day) -> Sums {
        let mut sums = Sums::default();
        sums.ledger.add(self.ledger.filter(|view| counts(view, day)));
        sums.provider.add(self.provider.filter(|view| counts(view, day)));
        sums.bank.add(self.bank.filter(|view| counts(view, day)));
        sums
    }

    /// Whether the sides that have to have it count the same.
    fn counts_alike(&self, day: Day) -> bool {
        let counted = self.counted(day);
        let with_bank = !self.kind.is_on_statement() || counted.ledger == counted.bank;
        counted.ledger == counted.provider && with_bank
    }

    /// Why the sides differ, if they do and it concerns the day.
    pub fn reason(&self, day: Day, now: Timestamp) -> Option<Reason> {
        let sides = [self.ledger, self.provider, self.bank];
        let waits = sides.iter().flatten().any(|view| view.state == State::OnItsWay && view.at < day.until);
        if !waits && !sides.iter().flatten().any(|view| day.has(view.at)) {
            return None;
        }
        let booked_by_bank = self.bank.is_some_and(|view| view.state == State::Done);
        let still = || if self.deadline.is_some_and(|deadline| deadline <= now) { Reason::Overdue } else { Reason::OnItsWay };
        let reason = match (self.ledger, self.provider) {
            (None, None) if self.kind == Kind::Transfer => Some(Reason::NotOurs),
            (None, None) => booked_by_bank.then_some(Reason::ProviderOnly),
            (None, Some(told)) => match told.state {
                State::Undone => booked_by_bank.then_some(Reason::ProviderOnly),
                _ if self.operation.is_none() => Some(Reason::NotOurs),
                State::OnItsWay => Some(still()),
                State::Done => Some(Reason::ProviderOnly),
            },
            (Some(_), _) if self.suspense => Some(Reason::NotOurs),
            (Some(ours), None) => match ours.state {
                State::Undone => booked_by_bank.then_some(Reason::State),
                State::OnItsWay => Some(still()),
                State::Done if booked_by_bank => None,
                State::Done => Some(Reason::LedgerOnly),
            },
            (Some(ours), Some(told)) if ours.state != told.state => Some(Reason::State),
            (Some(ours), Some(told)) => match ours.state {
                State::OnItsWay => Some(still()),
                State::Undone => booked_by_bank.then_some(Reason::State),
                State::Done => self.done_on_both(ours, told),
            },
        };
        // Whatever else there is: sums that differ have a line that says so.
        reason.or_else(|| (!self.counts_alike(day)).then_some(Reason::AfterCutoff))
    }

    fn done_on_both(&self, ours: View, told: View) -> Option<Reason> {
        let bank = self.bank.filter(|view| view.state == State::Done);
        let differs = |of: fn(&View) -> i64| of(&ours) != of(&told) || bank.is_some_and(|view| of(&view) != of(&ours));
        if differs(|view| view.amount) {
            Some(Reason::Amount)
        } else if self.kind.is_on_statement() && bank.is_none() {
            Some(Reason::NotOnStatement)
        } else if differs(|view| view.fee) {
            Some(Reason::Fee)
        } else {
            None
        }
    }
}
