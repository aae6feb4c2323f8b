//! Processes die, until one has died at every await point of every function that writes.
//!
//! On one walk a process of each function dies, at the next of its points: what one leaves behind
//! is seldom in another's way, and as many walks do as one function has points. Where it was, or
//! where a walk ends badly, each of its points is tried alone.

use crate::{
    walk::walk,
    world::{Common, Point},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Has a process die at each of these points; what is wrong afterwards.
pub fn die_at_each(common: &Common, points: &[Point]) -> Vec<String> {
    let walks = walks(points);
    let mut outcomes = on_all_cores(&walks, |doomed| outcome(common, doomed));
    let doubtful = |outcome: &Outcome| outcome.wrong.is_some();
    let died: BTreeSet<&Point> = outcomes.iter().filter(|outcome| !doubtful(outcome)).flat_map(|outcome| &outcome.died).collect();
    let alone: Vec<Vec<Point>> = points.iter().filter(|point| !died.contains(point)).map(|point| vec![point.clone()]).collect();
    let alone = on_all_cores(&alone, |doomed| outcome(common, doomed));
    let mut failed: Vec<String> = alone.iter().filter_map(Outcome::told).collect();
    if failed.is_empty() {
        // Each alone does no harm, and all of them do.
        failed.extend(outcomes.iter_mut().filter_map(|outcome| outcome.wrong.take()));
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
    /// Why a walk with one point is a failure, if it is.
    fn told(&self) -> Option<String> {
        let missed = self.doomed.iter().find(|point| !self.died.contains(point));
        let missed = missed.map(|point| format!("{}: nobody died at {}", point.name, point.told));
        self.wrong.clone().or(missed)
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
