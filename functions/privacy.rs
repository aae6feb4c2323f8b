//! What users are told of their data, what they have agreed to, and what they can take with them.

mod archive;
pub mod consents;
pub mod data_map;
pub mod erase;
pub mod export;
pub mod notices;
mod readable;
