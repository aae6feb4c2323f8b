//! Where a secret is read.

use std::collections::HashMap;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::SdkError;

use super::SecretError;
use super::hidden::Hidden;

pub(super) enum Source {
    Service(Client),
    Memory(HashMap<String, Hidden>),
    /// Answers in turn, as a test wrote them down.
    #[cfg(test)]
    Script(std::sync::Mutex<std::collections::VecDeque<Result<&'static str, ()>>>),
}

impl Source {
    pub async fn read(&self, name: &str) -> Result<Hidden, SecretError> {
        match self {
            Self::Service(client) => from_service(client, name).await,
            Self::Memory(values) => values.get(name).cloned().ok_or_else(|| SecretError::Missing { secret: name.to_owned() }),
            #[cfg(test)]
            Self::Script(answers) => match answers.lock().unwrap().pop_front().expect("nobody was to ask") {
                Ok(value) => Ok(Hidden::new(value)),
                Err(()) => Err(SecretError::Unavailable { secret: name.to_owned(), cause: "down".into() }),
            },
        }
    }
}

async fn from_service(client: &Client, name: &str) -> Result<Hidden, SecretError> {
    let secret = || name.to_owned();
    match client.get_secret_value().secret_id(name).send().await {
        Ok(output) => match output.secret_string {
            Some(value) => Ok(Hidden::new(value)),
            None => Err(SecretError::Malformed { secret: secret(), field: "its outermost level (not text)".to_owned() }),
        },
        Err(SdkError::ServiceError(error)) if error.err().is_resource_not_found_exception() => {
            Err(SecretError::Missing { secret: secret() })
        }
        Err(error) => Err(SecretError::Unavailable { secret: secret(), cause: error.into() }),
    }
}
