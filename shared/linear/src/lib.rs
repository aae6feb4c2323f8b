//! Small linear classifiers of short texts: features are hashed, weights have eight bits, and a
//! model is a file that is part of the binary.
//!
//! Pure, and the same on every machine. Fitting is behind the feature `train`: the same examples give
//! the same weights on one machine, and [`digest()`] tells whether a model is the one of a corpus.

mod bytes;
mod classifier;
#[cfg(any(test, feature = "train"))]
mod digest;
mod feature;
#[cfg(any(test, feature = "train"))]
mod fit;

#[cfg(any(test, feature = "train"))]
pub use bytes::write_numbers;
pub use bytes::{Bytes, Damaged};
pub use classifier::{Classifier, probabilities};
#[cfg(any(test, feature = "train"))]
pub use digest::{digest, files};
pub use feature::{Features, hash, normalised, pieces};
#[cfg(any(test, feature = "train"))]
pub use fit::{Example, fit};
