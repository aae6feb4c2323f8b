use super::*;
use crate::wire::{ConsentMode, Customer, DataConsumer, FiType, Party, Purpose};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn range(from: &str, to: &str) -> FiDataRange {
    FiDataRange { from: at(from), to: at(to) }
}

/// What Kamai asks for.
fn usual() -> ConsentDetail {
    ConsentDetail {
        starts_at: at("2026-11-20T00:00:00Z"),
        expires_at: at("2027-11-20T00:00:00Z"),
        mode: ConsentMode::Store,
        fetch_type: FetchType::Periodic,
        types: ALL.to_vec(),
        fi_types: vec![FiType::Deposit],
        data_consumer: DataConsumer { id: "FIU".into(), kind: Party::Fiu },
        customer: Customer { id: "9999999999@aa".into(), identifiers: Vec::new() },
        purpose: Purpose::new(PurposeCode::SpendingPatterns, "Personal Finance"),
        data_range: range("2025-12-20T00:00:00Z", "2027-01-20T00:00:00Z"),
        data_life: DataLife { unit: DataLifeUnit::Month, value: 1 },
        frequency: Frequency { unit: FrequencyUnit::Day, value: 1 },
        data_filter: Vec::new(),
    }
}

fn with(change: impl FnOnce(&mut ConsentDetail)) -> Result<(), Unfair> {
    let mut detail = usual();
    change(&mut detail);
    check(&detail)
}

#[test]
fn what_is_usual_is_fair() {
    assert_eq!(check(&usual()), Ok(()));
    assert_eq!(with(|it| it.frequency = Frequency { unit: FrequencyUnit::Month, value: 45 }), Ok(()));
    assert_eq!(with(|it| it.data_life = DataLife { unit: DataLifeUnit::Day, value: 31 }), Ok(()));
}

#[test]
fn each_term_has_its_bound() {
    assert_eq!(with(|it| it.fetch_type = FetchType::OneTime), Err(Unfair::FetchType));
    assert_eq!(with(|it| it.types.clear()), Err(Unfair::Types));
    assert_eq!(with(|it| it.expires_at = at("2027-11-20T00:00:01Z")), Err(Unfair::Expiry));
    assert_eq!(with(|it| it.expires_at = it.starts_at), Err(Unfair::Expiry));
    for (unit, value) in
        [(DataLifeUnit::Day, 0), (DataLifeUnit::Day, 32), (DataLifeUnit::Month, 2), (DataLifeUnit::Year, 1), (DataLifeUnit::Inf, 0)]
    {
        assert_eq!(with(|it| it.data_life = DataLife { unit, value }), Err(Unfair::DataLife));
    }
    for (unit, value) in [
        (FrequencyUnit::Hour, 1),
        (FrequencyUnit::Day, 0),
        (FrequencyUnit::Day, 2),
        (FrequencyUnit::Month, 46),
        (FrequencyUnit::Year, 541),
        (FrequencyUnit::Inf, 0),
    ] {
        assert_eq!(with(|it| it.frequency = Frequency { unit, value }), Err(Unfair::Frequency));
    }
    assert_eq!(with(|it| it.data_range = range("2025-12-20T00:00:00Z", "2027-01-20T00:00:01Z")), Err(Unfair::DataRange));
    assert_eq!(with(|it| it.data_range = range("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")), Err(Unfair::DataRange));
}

#[test]
fn a_consent_of_a_leap_year_lasts_its_366_days() {
    let leap = |end: &str| {
        with(|it| {
            it.starts_at = at("2027-11-20T00:00:00Z");
            it.expires_at = at(end);
        })
    };
    assert_eq!(leap("2028-11-20T00:00:00Z"), Ok(()));
    assert_eq!(leap("2028-11-20T00:00:01Z"), Err(Unfair::Expiry));
}

#[test]
fn a_one_time_look_is_for_a_day_and_without_transactions() {
    let once = |types: &[ConsentType], hours: i64| {
        with(|it| {
            it.purpose = Purpose::new(PurposeCode::OneTime, "Account Query and Monitoring");
            it.fetch_type = FetchType::OneTime;
            it.types = types.to_vec();
            it.expires_at = it.starts_at + SignedDuration::from_hours(hours);
            it.data_life = DataLife { unit: DataLifeUnit::Day, value: 1 };
            it.data_range = range("2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z");
        })
    };
    assert_eq!(once(&[ConsentType::Profile, ConsentType::Summary], 24), Ok(()));
    assert_eq!(once(ALL, 24), Err(Unfair::Types));
    assert_eq!(once(&[ConsentType::Summary], 25), Err(Unfair::Expiry));
}

fn fetch(frequency: Frequency, fetched: &[&str], now: &str) -> Result<(), MayNot> {
    let artefact = ConsentArtefact { detail: ConsentDetail { frequency, ..usual() }, data_provider: None, accounts: Vec::new() };
    let fetched: Vec<Timestamp> = fetched.iter().map(|text| at(text)).collect();
    let range = range("2026-01-01T00:00:00Z", "2026-11-21T00:00:00Z");
    may_fetch(&artefact, ConsentState::Active, range, &fetched, at(now))
}

const DAILY: Frequency = Frequency { unit: FrequencyUnit::Day, value: 1 };

#[test]
fn a_fetch_too_many_waits_until_its_place_is_free() {
    assert_eq!(fetch(DAILY, &[], "2026-11-21T10:00:00Z"), Ok(()));
    let again_at = at("2026-11-21T11:00:00Z");
    assert_eq!(fetch(DAILY, &["2026-11-20T11:00:00Z"], "2026-11-21T10:00:00Z"), Err(MayNot::TooOften { again_at }));
    assert_eq!(fetch(DAILY, &["2026-11-20T11:00:00Z"], "2026-11-21T11:00:00Z"), Ok(()));
    let monthly = Frequency { unit: FrequencyUnit::Month, value: 2 };
    let two = ["2026-12-05T00:00:00Z", "2026-12-01T00:00:00Z"];
    let again_at = at("2027-01-01T00:00:00Z");
    assert_eq!(fetch(monthly, &two, "2026-12-06T00:00:00Z"), Err(MayNot::TooOften { again_at }));
    assert_eq!(fetch(monthly, &two[..1], "2026-12-06T00:00:00Z"), Ok(()));
    assert_eq!(fetch(Frequency { unit: FrequencyUnit::Inf, value: 0 }, &two, "2026-12-06T00:00:00Z"), Ok(()));
    let never = Frequency { unit: FrequencyUnit::Day, value: 0 };
    assert_eq!(fetch(never, &[], "2026-12-06T00:00:00Z"), Err(MayNot::TooOften { again_at: Timestamp::MAX }));
}

#[test]
fn a_consent_is_used_within_its_days_and_its_range() {
    assert_eq!(fetch(DAILY, &[], "2026-11-19T23:59:59Z"), Err(MayNot::NotBegun { at: usual().starts_at }));
    assert_eq!(fetch(DAILY, &[], "2027-11-20T00:00:00Z"), Err(MayNot::Over { at: usual().expires_at }));
    let artefact = ConsentArtefact { detail: usual(), data_provider: None, accounts: Vec::new() };
    let now = at("2026-11-21T10:00:00Z");
    let wide = range("2025-12-19T23:59:59Z", "2026-11-21T00:00:00Z");
    assert_eq!(may_fetch(&artefact, ConsentState::Active, wide, &[], now), Err(MayNot::OutsideRange));
    let backwards = range("2026-11-21T00:00:00Z", "2026-11-20T00:00:00Z");
    assert_eq!(may_fetch(&artefact, ConsentState::Active, backwards, &[], now), Err(MayNot::OutsideRange));
    for state in [ConsentState::Pending, ConsentState::Paused, ConsentState::Revoked, ConsentState::Expired] {
        assert_eq!(may_fetch(&artefact, state, usual().data_range, &[], now), Err(MayNot::NotActive { state }));
    }
}

#[test]
fn a_one_time_consent_is_spent_by_its_first_fetch() {
    let detail = ConsentDetail { fetch_type: FetchType::OneTime, ..usual() };
    let artefact = ConsentArtefact { detail, data_provider: None, accounts: Vec::new() };
    let now = at("2026-11-21T10:00:00Z");
    let first = |fetched: &[Timestamp]| may_fetch(&artefact, ConsentState::Active, usual().data_range, fetched, now);
    assert_eq!((first(&[]), first(&[at("2026-11-20T10:00:00Z")])), (Ok(()), Err(MayNot::Spent)));
}
