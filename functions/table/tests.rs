use super::*;
use std::{collections::BTreeSet, path::Path};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The names of files with this ending in a folder.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(root().join(folder)).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}

#[test]
fn every_function_has_a_binary_and_an_event_and_there_are_no_others() {
    let table: BTreeSet<String> = FUNCTIONS.iter().map(|function| function.name.to_owned()).collect();
    assert_eq!(table.len(), FUNCTIONS.len(), "a name stands twice");
    let mut binaries = names("functions/bin", ".rs");
    assert!(binaries.remove("kamai-table"));
    assert_eq!(binaries, table);
    assert_eq!(names("events", ".json"), table);
}

#[test]
fn the_infrastructure_knows_this_table() {
    let known = std::fs::read_to_string(root().join("infra/functions.json")).unwrap();
    let ours = serde_json::to_string_pretty(FUNCTIONS).unwrap();
    assert_eq!(known.trim(), ours, "run: cargo run -p functions --bin kamai-table > infra/functions.json");
}

#[test]
fn every_route_is_served_by_one_function_and_every_queue_has_a_consumer() {
    let mut routes = BTreeSet::new();
    let mut queues = BTreeSet::new();
    for function in FUNCTIONS {
        match function.trigger {
            Trigger::Http { routes: served } => {
                for route in served {
                    assert!(routes.insert((route.method, route.path)), "{} {} is served twice", route.method, route.path);
                }
            }
            Trigger::Queue { queue, .. } => assert!(queues.insert(queue.name()), "{} has two consumers", queue.name()),
            _ => {}
        }
    }
    assert_eq!(queues.len(), Queue::ALL.len());
}

#[test]
fn whoever_admits_signed_in_callers_can_read_keys_and_sessions() {
    for function in FUNCTIONS {
        let Trigger::Http { routes } = function.trigger else { continue };
        if routes.iter().any(|route| !matches!(route.caller, Caller::Anyone | Caller::Provider)) {
            assert!(function.needs.contains(&Need::Secret(Secret::Tokens)) && function.needs.contains(&Need::Live), "{}", function.name);
        }
    }
}
