//! Commands: what they write is read back, and what happens at once happens as if in turn.

use crate::world::*;
use domain::{
    account::CannotSpend,
    address::PayeeName,
    batch::{BatchLine, LineStatus, OpenBatch, TallyBatch},
    engine::{Key, Record},
    id::{AccountId, OperationId, PayoutId},
    payment::{Applied, ApplyPayment, ProviderPaymentState},
    payout::{Advance, OpenRefusal, Recorded, WordState},
    refund::{RefundSpeed, RequestRefund},
    transfer::{OpenRefusal as TransferRefusal, OpenTransfer, VoidTransfer},
};
use std::time::Duration;
use store::{ExecuteError, Execution, OpenClass, Store};

async fn same(store: &Store, record: Record) {
    assert_eq!(store.record(&record.key()).await.unwrap(), Some(record));
}

#[tokio::test]
async fn every_kind_of_record_and_a_fact_survive_a_write_and_a_read() {
    let store = store_with(&[("asha", 1_000_000), ("ravi", 0)]).await;
    let payee = valid_payee(&store, "asha").await;
    same(&store, Record::Payee(payee)).await;
    let opened = run(&store, &payout("asha", "p", 10_000)).await;
    assert_eq!(store.fact(opened.facts[0].account, opened.facts[0].seq).await.unwrap(), Some(opened.facts[0].clone()));
    same(&store, Record::Payout(opened.done.value)).await;

    let sent = run(&store, &transfer("asha", "ravi", "t", 500)).await;
    for fact in &sent.facts {
        assert_eq!(store.fact(fact.account, fact.seq).await.unwrap().as_ref(), Some(fact), "with its postings and entries");
    }
    same(&store, Record::Transfer(sent.done.value)).await;
    let held = run(&store, &OpenTransfer { hold_s: Some(60), ..transfer("asha", "ravi", "h", 500) }).await.done.value;
    same(&store, Record::Transfer(held)).await;

    let payment = order(&store, "asha", "o", 5_000).await;
    same(&store, Record::Payment(payment.clone())).await;
    same(&store, Record::Order(payment.order_id.clone().unwrap(), payment.id)).await;
    let credited = run(&store, &told("pay_1", &payment, ProviderPaymentState::Captured)).await.done;
    let Applied::Credited(credited) = credited else { panic!("{credited:?}") };
    same(&store, Record::Payment(credited.clone())).await;
    let stray = ApplyPayment { ours: None, ..told("pay_2", &payment, ProviderPaymentState::Captured) };
    let Applied::Parked(suspense) = run(&store, &stray).await.done else { panic!("not parked") };
    same(&store, Record::Suspense(suspense)).await;

    let asked_refund = asked("asha", "r", "refund");
    let refund =
        RequestRefund { asked: asked_refund, payment: credited.id, amount: None, speed: RefundSpeed::Normal, note: None, rules: rules() };
    same(&store, Record::Refund(run(&store, &refund).await.done.value)).await;

    let batch =
        run(&store, &OpenBatch { asked: asked("asha", "b", "b"), sheet: sheet("b"), lines: 1, total: 700, note: None, rules: rules() })
            .await
            .done
            .value;
    let line = BatchLine {
        sheet: batch.sheet,
        batch: batch.id,
        number: 1,
        address: address(),
        name: PayeeName::parse("Asha Kumar").unwrap(),
        amount: 700,
        reference: Some("row 1".to_owned()),
        status: LineStatus::Waiting,
        payout: None,
        reason: None,
    };
    store.put_lines(std::slice::from_ref(&line)).await.unwrap();
    assert_eq!(store.tally(batch.sheet).await.unwrap().waiting, 1);
    same(&store, Record::Batch(batch)).await;
    same(&store, Record::BatchLine(line)).await;
    let asha = check(&store, "asha").await;
    same(&store, Record::Account(asha)).await;
}

/// F27.
#[tokio::test(flavor = "multi_thread")]
async fn of_64_parallel_payouts_of_the_whole_balance_exactly_one_is_accepted() {
    let store = store_with(&[("asha", 400_000)]).await;
    valid_payee(&store, "asha").await;
    let spends = (0..64).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { store.execute(&payout("asha", &format!("k{n}"), 400_000), now()).await })
    });
    let mut accepted = 0;
    for spend in spends.collect::<Vec<_>>() {
        match spend.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(ExecuteError::Refused(OpenRefusal::Cannot(CannotSpend::NotEnough { .. }))) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    let asha = check(&store, "asha").await;
    assert_eq!((accepted, asha.balance, asha.held), (1, 400_000, 400_000));
}

/// F31.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_16_times_at_once_is_one_transfer() {
    let store = store_with(&[("asha", 10_000), ("ravi", 0)]).await;
    let runs = (0..16).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { run(&store, &transfer("asha", "ravi", "same", 100)).await.done })
    });
    let mut answers = Vec::new();
    for answer in runs.collect::<Vec<_>>() {
        answers.push(answer.await.unwrap());
    }
    assert!(answers.iter().all(|answer| answer.value.id == answers[0].value.id));
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    assert_eq!((check(&store, "asha").await.balance, check(&store, "ravi").await.balance), (9_900, 100));
}

/// F30.
#[tokio::test(flavor = "multi_thread")]
async fn ten_parallel_transfers_of_a_third_of_the_days_limit_let_three_through() {
    let store = store_with(&[("asha", 100_000_000), ("ravi", 0)]).await;
    let part = rules().transfer_day_limit * 3 / 10;
    let runs = (0..10).map(|n| {
        let store = store.clone();
        tokio::spawn(async move { store.execute(&transfer("asha", "ravi", &format!("k{n}"), part), now()).await })
    });
    let mut through = 0;
    for sent in runs.collect::<Vec<_>>() {
        match sent.await.unwrap() {
            Ok(_) => through += 1,
            Err(ExecuteError::Refused(TransferRefusal::Cannot(CannotSpend::OverLimit { .. }))) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!((through, check(&store, "ravi").await.balance), (3, 3 * part));
}

/// F29.
#[tokio::test(flavor = "multi_thread")]
async fn sixty_transfers_around_three_accounts_conserve_their_money() {
    let names = ["asha", "ravi", "mina"];
    let store = store_with(&names.map(|name| (name, 10_000))).await;
    let runs = (0..60usize).map(|n| {
        let (store, from, to) = (store.clone(), names[n % 3], names[(n + 1) % 3]);
        tokio::spawn(async move {
            // Whoever is out of attempts asks again, with the same key.
            loop {
                match store.execute(&transfer(from, to, &format!("k{n}"), 100 + n as i64), now()).await {
                    Ok(_) => return,
                    Err(error) if error.retryable() => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
        })
    });
    for sent in runs.collect::<Vec<_>>() {
        tokio::time::timeout(Duration::from_secs(60), sent).await.unwrap().unwrap();
    }
    let mut total = 0;
    for name in names {
        let account = check(&store, name).await;
        assert_eq!((account.held, account.entry_number), (0, 41), "{name}: one funding, twenty out, twenty in");
        total += account.balance;
    }
    assert_eq!(total, 30_000);
}

/// F1, F2.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_payment_heard_of_ten_times_at_once_is_credited_once() {
    let store = store_with(&[("asha", 0)]).await;
    let order = order(&store, "asha", "o", 5_000).await;
    let runs = (0..10).map(|_| {
        let (store, told) = (store.clone(), told("pay_1", &order, ProviderPaymentState::Captured));
        tokio::spawn(async move { run(&store, &told).await.done })
    });
    let mut credited = 0;
    for applied in runs.collect::<Vec<_>>() {
        credited += usize::from(matches!(applied.await.unwrap(), Applied::Credited(_)));
    }
    assert_eq!((credited, check(&store, "asha").await.balance), (1, 5_000));
}

#[tokio::test]
async fn a_dry_run_decides_and_writes_nothing() {
    let store = store_with(&[("asha", 10_000), ("ravi", 0)]).await;
    let before = account(&store, "asha").await;
    let tried = store.attempt(&transfer("asha", "ravi", "k", 100), now(), Execution::DryRun).await.unwrap();
    assert!(!tried.done.replayed && tried.facts.is_empty() && tried.work.is_empty() && tried.write_units == 0);
    assert_eq!(account(&store, "asha").await, before);
    let key = Key::operation(OperationId::Transfer(tried.done.value.id));
    assert_eq!(store.record(&key).await.unwrap(), None);
    assert!(!run(&store, &transfer("asha", "ravi", "k", 100)).await.done.replayed);
}

async fn open_payouts(store: &Store) -> Vec<PayoutId> {
    let until = now() + domain_seconds(60);
    let open = store.open(OpenClass::Payout, domain::Timestamp::UNIX_EPOCH, until, 100).await.unwrap();
    open.into_iter().map(|item| if let Record::Payout(payout) = item.record { payout.id } else { panic!("{item:?}") }).collect()
}

fn domain_seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test]
async fn the_open_index_lists_a_payout_until_it_has_ended() {
    let store = store_with(&[("asha", 100_000)]).await;
    valid_payee(&store, "asha").await;
    assert!(open_payouts(&store).await.is_empty());
    let payout = run(&store, &payout("asha", "k", 10_000)).await.done.value;
    assert_eq!(open_payouts(&store).await, [payout.id]);
    assert!(matches!(run(&store, &advance(&payout)).await.done, Advance::Send(..)));
    assert_eq!(open_payouts(&store).await, [payout.id]);
    assert!(matches!(run(&store, &word(&payout, WordState::Processed)).await.done, Recorded::Moved(_)));
    assert!(open_payouts(&store).await.is_empty());
}

#[tokio::test]
async fn the_open_index_lists_a_hold_until_it_is_voided() {
    let store = store_with(&[("asha", 100_000), ("ravi", 0)]).await;
    let hold = OpenTransfer { hold_s: Some(60), ..transfer("asha", "ravi", "h", 500) };
    let held = run(&store, &hold).await.done.value;
    let open = async || store.open(OpenClass::Transfer, now(), now() + domain_seconds(3_600), 100).await.unwrap().len();
    assert_eq!(open().await, 1);
    let caller = user("asha");
    run(&store, &VoidTransfer { caller, transfer: held.id, from: held.from, to: held.to, request_id: "v".to_owned() }).await;
    assert_eq!(open().await, 0);
}

#[tokio::test]
async fn a_batch_is_tallied_from_its_lines() {
    let store = store_with(&[("asha", 100_000)]).await;
    let batch =
        run(&store, &OpenBatch { asked: asked("asha", "b", "b"), sheet: sheet("b"), lines: 60, total: 6_000, note: None, rules: rules() })
            .await
            .done
            .value;
    let lines: Vec<_> = (1..=60)
        .map(|number| BatchLine {
            sheet: batch.sheet,
            batch: batch.id,
            number,
            address: address(),
            name: PayeeName::parse("Asha Kumar").unwrap(),
            amount: 100,
            reference: None,
            status: if number <= 40 { LineStatus::Paid } else { LineStatus::Failed },
            payout: None,
            reason: None,
        })
        .collect();
    store.put_lines(&lines).await.unwrap();
    store.put_lines(&lines).await.unwrap();
    let tally = store.tally(batch.sheet).await.unwrap();
    assert_eq!((tally.paid, tally.failed, tally.amount_paid), (40, 20, 4_000));
    run(&store, &TallyBatch { batch: batch.id, account: batch.account, tally }).await;
    assert_eq!(check(&store, "asha").await.balance, 100_000 - 4_000);
    assert_eq!(store.lines(batch.sheet, 58, 10).await.unwrap(), lines[58..]);
}

#[tokio::test]
async fn a_users_payments_come_newest_first_in_pages() {
    let store = store_with(&[("asha", 0)]).await;
    let account = AccountId::wallet_of(user("asha"));
    for n in 0..5 {
        order(&store, "asha", &format!("o{n}"), 5_000).await;
    }
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = store.payments(account, after.as_deref(), 2).await.unwrap();
        assert!(page.len() <= 2);
        seen.extend(page.into_iter().map(|record| if let Record::Payment(payment) = record { payment.id } else { panic!("{record:?}") }));
        after = next;
        if after.is_none() {
            break;
        }
    }
    let mut sorted = seen.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (5, &sorted));
}
