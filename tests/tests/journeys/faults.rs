//! Faults of the catalogue that take the running stack, by their numbers: deliveries that repeat,
//! overtake each other or come late, workers twice at once, secrets that change, readers that are cut.

mod delivery;
mod order_of_events;
mod readers;
mod rotation;
