//! Boards: bulletins in their sequence, forwards to catch up and backwards to look back.

use crate::{
    Store,
    error::StoreError,
    items::{BulletinItem, Item, from_item, row_key},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    bulletin::{BoardHead, Bulletin, LEGS, Leg},
    channel::Board,
    engine::{Key, Record},
    fact::SEQ_MAX,
    id::PublicationId,
};

/// Bulletins of one page and where the next begins.
#[derive(Debug, Default)]
pub struct BoardPage {
    pub bulletins: Vec<Bulletin>,
    /// Going back: what stands before this sequence comes next; `None` at the beginning.
    pub before: Option<u64>,
}

fn bulletin_of(item: Item) -> Result<Bulletin, StoreError> {
    let key = row_key(&item);
    let bulletin = Bulletin::try_from(from_item::<BulletinItem>(item)?);
    bulletin.map_err(|error| StoreError::Corrupt { key: format!("{}/{}", key.pk, key.sk), why: error.to_string() })
}

impl Store {
    /// Where a board is; at its beginning where nothing was ever put up.
    pub async fn board(&self, board: &Board) -> Result<BoardHead, StoreError> {
        Ok(match self.record(&Key::Board(board.clone())).await? {
            Some(Record::Board(head)) => head,
            _ => BoardHead::new(board.clone()),
        })
    }

    /// One bulletin, by its place.
    pub async fn bulletin(&self, board: &Board, seq: u64) -> Result<Option<Bulletin>, StoreError> {
        self.row(&self.table, &keys::bulletin(board, seq)).await?.map(bulletin_of).transpose()
    }

    /// Bulletins after a sequence, in order, at most `limit`; without those whose time is over.
    pub async fn bulletins_after(&self, board: &Board, seq: u64, limit: i32, now: Timestamp) -> Result<Vec<Bulletin>, StoreError> {
        self.bulletins_between(board, (seq.saturating_add(1), SEQ_MAX), true, limit, now).await
    }

    /// Bulletins before a sequence, newest first.
    pub async fn bulletins_before(&self, board: &Board, before: u64, limit: i32, now: Timestamp) -> Result<BoardPage, StoreError> {
        let bulletins = self.bulletins_between(board, (1, before.saturating_sub(1)), false, limit, now).await?;
        let full = i32::try_from(bulletins.len()).is_ok_and(|found| found >= limit);
        let before = bulletins.last().map(|bulletin| bulletin.seq).filter(|seq| full && *seq > 1);
        Ok(BoardPage { bulletins, before })
    }

    /// How far the legs of a publication are; those that nobody took up yet are left out.
    pub async fn legs(&self, publication: PublicationId) -> Result<Vec<Leg>, StoreError> {
        let keys: Vec<Key> = (0..LEGS).map(|number| Key::Leg(publication.fingerprint(), number)).collect();
        let snapshot = self.read(&keys).await?;
        Ok((0..LEGS).filter_map(|number| snapshot.leg(publication.fingerprint(), number).cloned()).collect())
    }

    async fn bulletins_between(
        &self,
        board: &Board,
        (first, last): (u64, u64),
        forward: bool,
        limit: i32,
        now: Timestamp,
    ) -> Result<Vec<Bulletin>, StoreError> {
        if last < first || first > SEQ_MAX {
            return Ok(Vec::new());
        }
        let text = |value: String| AttributeValue::S(value);
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", text(keys::board_partition(board)))
            .expression_attribute_values(":first", text(keys::bulletin(board, first).sk))
            .expression_attribute_values(":last", text(keys::bulletin(board, last.min(SEQ_MAX)).sk))
            .scan_index_forward(forward)
            .consistent_read(true)
            .limit(limit)
            .send()
            .await?;
        let found = answer.items.unwrap_or_default().into_iter().map(bulletin_of).collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().filter(|bulletin| now < bulletin.kept_until).collect())
    }
}
