//! Worlds: seeds, defects, and processes that die at every await point.

use domain::defect::Defect;
use functions::table::{FUNCTIONS, Trigger};
use simulation::{
    die::die_at_each,
    many::run_all,
    run::{run, run_with},
    tell,
    walk::{points, walk},
    world::Common,
};
use std::collections::BTreeSet;

/// `scripts/simulate` runs more, and others.
const SEEDS: u64 = 200;
/// Routes whose answers are the same for everybody.
const ASKS_NOBODY: [&str; 3] =
    ["webhooks-whatsapp GET /webhooks/whatsapp", "api-privacy GET /v1/privacy/notices", "api-privacy GET /v1/privacy/contact"];
/// Within so many seeds a defect has to be found.
const SEEDS_PER_DEFECT: u64 = 50;

#[test]
fn every_world_comes_to_rest_with_its_books_in_order() {
    let common = Common::new().unwrap();
    let summary = run_all(&common, 1..SEEDS + 1, |_| true).unwrap();
    println!("{}", tell::summary(&summary));
    let failures: Vec<String> = summary.failed.iter().map(tell::failure).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_same_seed_is_the_same_history() {
    let common = Common::new().unwrap();
    for seed in [3, 1_000_004] {
        let (once, again) = (run(&common, seed).unwrap(), run(&common, seed).unwrap());
        assert_eq!((once.print, once.events, once.writes), (again.print, again.events, again.writes), "seed {seed}");
        assert!(once.writes > 200, "a world in which something happens");
    }
}

#[test]
fn every_defect_is_found() {
    let common = Common::new().unwrap();
    let missed: Vec<Defect> = Defect::ALL
        .into_iter()
        .filter(|defect| {
            let found = (1..=SEEDS_PER_DEFECT).find(|seed| !run_with(&common, *seed, Some(*defect)).unwrap().is_clean());
            println!("{defect:?}: found by seed {found:?}");
            found.is_none()
        })
        .collect();
    assert!(missed.is_empty(), "not found within {SEEDS_PER_DEFECT} seeds: {missed:?}");
}

#[test]
fn a_walk_on_which_nobody_dies_reaches_every_route_and_function() {
    let walked = walk(&Common::new().unwrap(), Vec::new()).unwrap();
    assert_eq!(walked.findings, Vec::<String>::new(), "nobody dies\n{}", walked.last_lines.join("\n"));
    let reached: BTreeSet<&str> =
        walked.passed.iter().filter(|passed| !passed.points.is_empty()).map(|passed| passed.name.as_str()).collect();
    let mut missed = Vec::new();
    for function in FUNCTIONS {
        match function.trigger {
            Trigger::Http { routes } => {
                let names = routes.iter().map(|route| format!("{} {} {}", function.name, route.method, route.path));
                // What these answer is made without asking anybody.
                // And Plaid, which is asked for its keys, has no banks in India.
                let asks = |name: &String| !matches!(function.name, "api-meta" | "webhooks-plaid") && !ASKS_NOBODY.contains(&name.as_str());
                let names = names.filter(asks);
                missed.extend(names.filter(|name| !reached.contains(name.as_str())));
            }
            // Frames of no action: nothing is asked for, and nothing written.
            _ if function.name == "sockets-message" => {}
            _ if reached.iter().any(|name| name.split(' ').next() == Some(function.name)) => {}
            _ => missed.push(function.name.to_owned()),
        }
    }
    assert!(missed.is_empty(), "the walk passes no await point of these: add steps to it\n{}", missed.join("\n"));
}

#[test]
fn a_process_that_dies_at_any_await_point_leaves_nothing_undone() {
    let common = Common::new().unwrap();
    let points = points(&walk(&common, Vec::new()).unwrap().passed);
    let failed = die_at_each(&common, &points);
    println!("{}\n{} points", tell::points(&points), points.len());
    assert!(failed.is_empty(), "{} of {} points\n{}", failed.len(), points.len(), failed.join("\n\n"));
}
