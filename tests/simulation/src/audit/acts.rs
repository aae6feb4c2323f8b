//! What operators did: the log is whole, and all that they were told was done is in it.

use crate::people::Town;
use anyhow::Result;
use domain::audit::verify;

pub async fn check(town: &Town) -> Result<Vec<String>> {
    let store = &town.world.store;
    let (mut entries, mut before) = (Vec::new(), None);
    loop {
        let (page, next) = store.acts(before.as_deref(), 100).await?;
        entries.extend(page);
        before = next;
        if before.is_none() {
            break;
        }
    }
    entries.reverse();
    let mut findings = Vec::new();
    let head = store.audit_head().await?;
    if let Err(found) = verify(&entries, head) {
        findings.push(format!("the log of operators' acts breaks at {}: {}", found.seq, found.why.code()));
    }
    let checked = store.audit_check().await?.verified;
    if checked != head {
        findings.push(format!("our own check of the log of operators' acts is at {} of {}", checked.seq, head.seq));
    }
    for deed in town.operator.deeds() {
        let told = entries.iter().any(|entry| {
            let act = &entry.act;
            act.action == deed.action
                && act.by == town.operator.client.user()
                && [&act.subject, &act.proof].iter().any(|text| text.contains(&deed.of))
        });
        if !told {
            findings.push(format!("an operator was answered that {} was done to {}, and it is not written down", deed.action, deed.of));
        }
    }
    Ok(findings)
}
