//! What measuring tools share: a world to measure in, events, figures and their report.

pub mod cloud;
pub mod events;
pub mod figures;
pub mod progress;
pub mod report;
pub mod resident;
pub mod world;
