//! Whether what is being read may still be read.

use std::pin::Pin;

/// Asked before each page of a reading: a long one may be ended here while it goes on, and then nothing more is asked for.
pub trait Standing: Send + Sync {
    fn stands(&self) -> Pin<Box<dyn Future<Output = bool> + Send + '_>>;
}

/// Of access that nobody ends.
#[derive(Debug, Clone, Copy)]
pub struct Always;

impl Standing for Always {
    fn stands(&self) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        Box::pin(async { true })
    }
}

/// `ended` where it stands no more.
pub(crate) async fn require<E>(standing: &dyn Standing, ended: E) -> Result<(), E> {
    if standing.stands().await { Ok(()) } else { Err(ended) }
}

/// Of access that is ended while its first page is read.
#[cfg(test)]
#[derive(Debug, Default)]
pub(crate) struct Once(std::sync::atomic::AtomicBool);

#[cfg(test)]
impl Standing for Once {
    fn stands(&self) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        Box::pin(async { !self.0.swap(true, std::sync::atomic::Ordering::Relaxed) })
    }
}
