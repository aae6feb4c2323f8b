//! Makes both tables where the infrastructure has not: for tests and benchmarks.
//!
//! Without the stream: the embedded database numbers a change by looking through all before it,
//! so that a run would slow down as it goes on. Who wants to hear of changes has them from the
//! requests.

use crate::{Store, error::StoreError, keys::OPEN_INDEX};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType, ScalarAttributeType,
};

impl Store {
    /// Creates the main and the live table, as `infra/` does but for the stream.
    pub async fn create_tables(&self) -> Result<(), StoreError> {
        let built = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Rejected { what: error.to_string() };
        let key = |name: &str, kind: KeyType| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
        let text = |name: &str| AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build();
        let schema =
            |hash, range| Ok::<_, StoreError>(vec![key(hash, KeyType::Hash).map_err(built)?, key(range, KeyType::Range).map_err(built)?]);
        let open = GlobalSecondaryIndex::builder()
            .index_name(OPEN_INDEX)
            .set_key_schema(Some(schema("open_pk", "open_sk")?))
            .projection(Projection::builder().projection_type(ProjectionType::KeysOnly).build())
            .build()
            .map_err(built)?;
        for (name, index) in [(&self.table, Some(open)), (&self.live, None)] {
            let names: &[&str] = if index.is_some() { &["pk", "sk", "open_pk", "open_sk"] } else { &["pk", "sk"] };
            let attributes = names.iter().map(|name| text(name)).collect::<Result<Vec<_>, _>>().map_err(built)?;
            self.db
                .create_table()
                .table_name(name)
                .billing_mode(BillingMode::PayPerRequest)
                .set_key_schema(Some(schema("pk", "sk")?))
                .set_attribute_definitions(Some(attributes))
                .set_global_secondary_indexes(index.map(|index| vec![index]))
                .send()
                .await?;
        }
        Ok(())
    }
}
