//! Whether each balance follows from the one before.

use crate::error::{Order, Place};

/// A row as far as the balances are concerned.
#[derive(Clone, Copy)]
pub struct Step {
    pub place: Place,
    /// Paise; less than nothing where money went out.
    pub delta: i64,
    pub after: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// Each balance follows from the one before, as often as two could be compared.
    Follows {
        compared: usize,
    },
    Breaks {
        place: Place,
        compared: usize,
    },
}

/// Rows without a balance of their own are added up until one has.
pub fn follow(opening: Option<i64>, steps: impl Iterator<Item = Step>) -> Chain {
    let mut before = opening;
    let mut compared = 0;
    for step in steps {
        let expected = before.map(|before| before.saturating_add(step.delta));
        if let (Some(expected), Some(after)) = (expected, step.after) {
            if expected != after {
                return Chain::Breaks { place: step.place, compared };
            }
            compared += 1;
        }
        before = step.after.or(expected);
    }
    Chain::Follows { compared }
}

/// The order in which the balances follow; where they break in both, the place of the order in which
/// more of them followed. `by_date` breaks a tie.
pub fn order(opening: Option<i64>, steps: &[Step], by_date: Option<Order>) -> Result<(Order, usize), (Order, Place)> {
    let chain = |order| match order {
        Order::OldestFirst => follow(opening, steps.iter().copied()),
        Order::NewestFirst => follow(opening, steps.iter().rev().copied()),
    };
    // Dates that go one way only leave no choice.
    let orders: &[Order] = match by_date {
        Some(Order::OldestFirst) => &[Order::OldestFirst],
        Some(Order::NewestFirst) => &[Order::NewestFirst],
        None => &[Order::OldestFirst, Order::NewestFirst],
    };
    let mut furthest: Option<(usize, Order, Place)> = None;
    let mut fits: Option<(usize, Order)> = None;
    for order in orders {
        match chain(*order) {
            Chain::Follows { compared } if fits.is_none_or(|(best, _)| compared > best) => fits = Some((compared, *order)),
            Chain::Follows { .. } => {}
            Chain::Breaks { place, compared } if furthest.is_none_or(|(best, _, _)| compared > best) => {
                furthest = Some((compared, *order, place));
            }
            Chain::Breaks { .. } => {}
        }
    }
    match (fits, furthest) {
        (Some((compared, order)), _) => Ok((order, compared)),
        (None, Some((_, order, place))) => Err((order, place)),
        (None, None) => Ok((Order::OldestFirst, 0)),
    }
}
