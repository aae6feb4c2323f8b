//! How the SDK's clients are configured, from what Lambda puts into a function's environment.
//!
//! The SDK's own loader looks in profiles, containers, instance metadata and single sign-on, too. A
//! function has none of them, and would carry clients of two more services to find that out.

use aws_config::{
    BehaviorVersion,
    environment::{EnvironmentVariableCredentialsProvider, EnvironmentVariableRegionProvider},
    meta::region::ProvideRegion,
    retry::RetryConfig,
    timeout::TimeoutConfig,
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_types::{
    SdkConfig,
    service_config::{LoadServiceConfig, ServiceConfigKey},
};
use std::{env, time::Duration};

/// `AWS_REGION`, the credentials of the function's role, and `AWS_ENDPOINT_URL`, for all services or
/// for one (`AWS_ENDPOINT_URL_DYNAMODB`). A call is tried three times, four seconds each.
pub async fn aws() -> SdkConfig {
    let timeouts =
        TimeoutConfig::builder().connect_timeout(Duration::from_secs(1)).operation_attempt_timeout(Duration::from_secs(4)).build();
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(EnvironmentVariableRegionProvider::new().region().await)
        .credentials_provider(SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new()))
        .service_config(Environment)
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .build()
}

#[derive(Debug)]
struct Environment;

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let given = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        given(&name_for(&key)).or_else(|| given(key.env()))
    }
}

/// As all SDKs write it: `AWS_ENDPOINT_URL_SECRETS_MANAGER`.
fn name_for(key: &ServiceConfigKey<'_>) -> String {
    format!("{}_{}", key.env(), key.service_id().to_uppercase().replace([' ', '-'], "_"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_has_a_variable_of_its_own() {
        let name = |service| {
            let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
            name_for(&key.unwrap())
        };
        assert_eq!(name("DynamoDB"), "AWS_ENDPOINT_URL_DYNAMODB");
        assert_eq!(name("Secrets Manager"), "AWS_ENDPOINT_URL_SECRETS_MANAGER");
    }
}
