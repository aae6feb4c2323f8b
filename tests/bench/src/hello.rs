//! The least that a function with our SDK can be: a DynamoDB client, and an answer.

use aws_config::BehaviorVersion;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let aws = aws_config::defaults(BehaviorVersion::latest()).load().await;
    let table = aws_sdk_dynamodb::Client::new(&aws);
    let table = &table;
    run(service_fn(|event: LambdaEvent<Value>| async move {
        let key = aws_sdk_dynamodb::types::AttributeValue::S("hello".to_owned());
        let found = table.get_item().table_name("main").key("pk", key.clone()).key("sk", key).send().await?;
        Ok::<_, Error>(json!({ "hello": event.payload, "found": found.item.is_some() }))
    }))
    .await
}
