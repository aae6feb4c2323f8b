//! Reaching RazorpayX.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::{CallError, SetupError};
use crate::razorpay;
use crate::secret::Secret;

/// A key pair at the provider, used for payouts. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client(razorpay::Client);

impl Client {
    /// A client of its own; see [`razorpay::Client::new`].
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(base_url: &str, key_id: &str, key_secret: Secret) -> Result<Self, SetupError> {
        razorpay::Client::new(base_url, key_id, key_secret).map(Self)
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<T, CallError> {
        self.0.get(path, query).await
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, CallError> {
        self.0.post(path, body).await
    }

    pub(super) async fn post_once<T: DeserializeOwned>(
        &self,
        path: &[&str],
        key: (&str, &str),
        body: &impl Serialize,
    ) -> Result<T, CallError> {
        self.0.post_once(path, key, body).await
    }
}

impl From<razorpay::Client> for Client {
    /// The same keys and connections, for the other half of the provider.
    fn from(client: razorpay::Client) -> Self {
        Self(client)
    }
}
