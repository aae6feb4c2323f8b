//! Campaigns' recipients, and the members of organisations.

use crate::{
    Store,
    error::StoreError,
    items::{RecipientsItem, from_item, record_of, row_key, to_item},
    keys::{self, OPEN_INDEX},
    lists::Consistency,
};
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use domain::{
    campaign::{Campaign, Recipient, SLICE_MAX},
    engine::{Key, Record},
    id::{AccountId, CampaignId, SheetId, UserId},
    organisation::Membership,
};
use std::ops::Range;

/// Rows of one write request: each has a hundred recipients, and a request at most 16 MB.
const ROWS_A_WRITE: usize = 10;

impl Store {
    pub async fn campaign(&self, id: CampaignId) -> Result<Option<Campaign>, StoreError> {
        Ok(match self.record(&Key::Campaign(id.fingerprint())).await? {
            Some(Record::Campaign(campaign)) if campaign.id == id => Some(campaign),
            _ => None,
        })
    }

    /// Writes the recipients of a campaign that is about to be opened. A sheet without a campaign is
    /// never looked at, and goes by itself.
    pub async fn put_recipients(&self, sheet: SheetId, recipients: &[Recipient], expires_at_s: i64) -> Result<(), StoreError> {
        let rows = recipients.chunks(SLICE_MAX as usize).zip((0..).step_by(SLICE_MAX as usize));
        let mut writes = Vec::new();
        for (chunk, first) in rows {
            let item = to_item(&keys::recipients(sheet, first), &RecipientsItem::new(chunk, expires_at_s))?;
            let put = PutRequest::builder().set_item(Some(item)).build();
            let put = put.map_err(|error| StoreError::Rejected { what: error.to_string() })?;
            writes.push(WriteRequest::builder().put_request(put).build());
        }
        for chunk in writes.chunks(ROWS_A_WRITE) {
            self.write_all(chunk.to_vec()).await?;
        }
        Ok(())
    }

    /// The recipients of a campaign by their numbers, in order.
    pub async fn recipients(&self, sheet: SheetId, numbers: Range<u32>) -> Result<Vec<Recipient>, StoreError> {
        let first = numbers.start - numbers.start % SLICE_MAX;
        let mut found = Vec::new();
        for row in (first..numbers.end).step_by(SLICE_MAX as usize) {
            let key = keys::recipients(sheet, row);
            let Some(item) = self.row(&self.table, &key).await? else { break };
            let recipients = from_item::<RecipientsItem>(item)?.recipients();
            let recipients = recipients.map_err(|error| StoreError::Corrupt { key: key.pk.clone(), why: error.to_string() })?;
            let wanted = (row..).zip(recipients).filter(|(number, _)| numbers.contains(number));
            found.extend(wanted.map(|(_, recipient)| recipient));
        }
        Ok(found)
    }

    pub async fn membership(&self, organisation: UserId, user: UserId) -> Result<Option<Membership>, StoreError> {
        Ok(match self.record(&Key::Membership(organisation, user)).await? {
            Some(Record::Membership(place)) => Some(place),
            _ => None,
        })
    }

    /// The organisations that a user was invited to, whatever came of it, after a cursor; and the next
    /// cursor.
    pub async fn memberships(
        &self,
        user: UserId,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(Vec<Membership>, Option<String>), StoreError> {
        let partition = keys::account_partition(AccountId::wallet_of(user));
        let page = self.page(&partition, keys::MEMBERSHIPS, after, limit, Consistency::Strong).await?;
        let mut places = Vec::with_capacity(page.items.len());
        for item in page.items {
            if let (_, Record::Membership(place)) = record_of(item)? {
                places.push(place);
            }
        }
        Ok((places, page.next))
    }

    /// An organisation's members, in the order in which they came, after a cursor; and the next cursor.
    pub async fn members(
        &self,
        organisation: UserId,
        after: Option<&str>,
        limit: i32,
    ) -> Result<(Vec<Membership>, Option<String>), StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .index_name(OPEN_INDEX)
            .key_condition_expression("open_pk = :pk AND open_sk > :after")
            .expression_attribute_values(":pk", AttributeValue::S(keys::members_partition(organisation)))
            .expression_attribute_values(":after", AttributeValue::S(after.unwrap_or("0").to_owned()))
            .limit(limit)
            .send()
            .await?;
        let more = answer.last_evaluated_key.is_some();
        let found = answer.items.unwrap_or_default();
        let place = |item: &crate::items::Item| item.get("open_sk").and_then(|value| value.as_s().ok()).cloned();
        let next = found.last().and_then(place).filter(|_| more);
        let order: Vec<_> = found.iter().map(row_key).collect();
        let mut members = Vec::with_capacity(order.len());
        for item in self.rows(&self.table, order.clone()).await? {
            let key = row_key(&item);
            // The index trails the table: who has left since is none any more.
            if let (_, Record::Membership(member)) = record_of(item)?
                && member.is_member()
            {
                members.push((order.iter().position(|listed| *listed == key), member));
            }
        }
        members.sort_by_key(|(place, _)| *place);
        Ok((members.into_iter().map(|(_, member)| member).collect(), next))
    }
}
