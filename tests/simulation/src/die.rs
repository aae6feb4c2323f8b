//! Processes die, until one has died at every await point of every function that writes.
//!
//! On one walk a process of each function dies, at the next of its points: what one leaves behind
//! is seldom in another's way, and as many walks do as one function has points. What was not come
//! to is tried again with the others of its kind; where a walk ends badly, its points are halved
//! until those are known that it is about.

use crate::{
    walk::walk,
    world::{Common, Point},
};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Has a process die at each of these points; what is wrong afterwards.
pub fn die_at_each(common: &Common, points: &[Point]) -> Vec<String> {
    let (mut failed, mut next) = (Vec::new(), walks(points));
    while !next.is_empty() && failed.is_empty() {
        let outcomes = on_all_cores(&next, |doomed| outcome(common, doomed).narrowed(common));
        let missed: Vec<Point> = outcomes.iter().flat_map(Outcome::missed).cloned().collect();
        let came_to_some = outcomes.iter().any(|outcome| !outcome.died.is_empty());
        next = if came_to_some { walks(&missed) } else { missed.into_iter().map(|point| vec![point]).collect() };
        if !came_to_some && outcomes.iter().all(|outcome| outcome.doomed.len() == 1) {
            failed.extend(next.drain(..).flatten().map(|point| format!("{}: nobody died at {}", point.name, point.told)));
        }
        failed.extend(outcomes.into_iter().filter_map(|outcome| outcome.wrong));
    }
    failed
}

/// The points of each walk: of each function's the first, then of each the second, and so on.
fn walks(points: &[Point]) -> Vec<Vec<Point>> {
    let mut walks: Vec<Vec<Point>> = Vec::new();
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    for point in points {
        let number = taken.entry(&point.name).or_default();
        if walks.len() == *number {
            walks.push(Vec::new());
        }
        walks[*number].push(point.clone());
        *number += 1;
    }
    walks
}

/// What came of a walk.
struct Outcome {
    doomed: Vec<Point>,
    died: Vec<Point>,
    wrong: Option<String>,
}

impl Outcome {
    /// Points that the walk did not come to, as others had died before.
    fn missed(&self) -> impl Iterator<Item = &Point> {
        self.doomed.iter().filter(|point| !self.died.contains(point))
    }

    /// Of a walk that ended badly, the fewest points with which it does.
    fn narrowed(self, common: &Common) -> Self {
        if self.wrong.is_none() || self.doomed.len() == 1 {
            return self;
        }
        let (one, other) = self.doomed.split_at(self.doomed.len() / 2);
        let worse = [one, other].into_iter().map(|half| outcome(common, half)).find(|half| half.wrong.is_some());
        match worse {
            Some(worse) => worse.narrowed(common),
            // Each half does no harm, and both of them do.
            None => self,
        }
    }
}

fn outcome(common: &Common, doomed: &[Point]) -> Outcome {
    let names: Vec<String> = doomed.iter().map(|point| format!("{} dies at {}", point.name, point.told)).collect();
    let (died, wrong) = match walk(common, doomed.to_vec()) {
        Ok(walked) if walked.findings.is_empty() => (walked.died, None),
        Ok(walked) => (walked.died, Some(format!("{}\n    {}", walked.findings.join("\n  "), walked.last_lines.join("\n    ")))),
        Err(error) => (Vec::new(), Some(format!("{error:#}"))),
    };
    Outcome { doomed: doomed.to_vec(), died, wrong: wrong.map(|wrong| format!("{}:\n  {wrong}", names.join("\n"))) }
}

fn on_all_cores<T: Sync, R: Send>(list: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(item) = list.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let result = each(item);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push(result);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_function_dies_on_a_walk() {
        let point = |text: &str| {
            let (name, told) = text.split_once(' ').unwrap();
            Point { name: name.to_owned(), told: told.to_owned() }
        };
        let points: Vec<Point> = ["a 1", "a 2", "b 1", "a 3", "c 1"].into_iter().map(point).collect();
        let told: Vec<Vec<String>> =
            walks(&points).iter().map(|walk| walk.iter().map(|point| format!("{} {}", point.name, point.told)).collect()).collect();
        assert_eq!(told, [vec!["a 1", "b 1", "c 1"], vec!["a 2"], vec!["a 3"]]);
    }
}
