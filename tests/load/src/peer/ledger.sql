-- The peer: what one of our transfers does, as PostgreSQL does it best. One call, one transaction,
-- both accounts locked in the order of their ids.

drop table if exists events, entries, postings, day_payees, transfers, accounts;

create table accounts (
    id bigint primary key,
    balance bigint not null,
    held bigint not null default 0,
    status text not null default 'active',
    feed_seq bigint not null default 0,
    entry_number bigint not null default 0,
    chain bytea not null default '\x0000000000000000000000000000000000000000000000000000000000000000',
    day integer not null default 0,
    day_total bigint not null default 0,
    day_transfers bigint not null default 0,
    check (held >= 0 and held <= balance)
) with (fillfactor = 50);

-- The idempotency record is the transfer itself, as with us.
create table transfers (
    key bytea primary key,
    digest bytea not null,
    debtor bigint not null,
    creditor bigint not null,
    amount bigint not null,
    status text not null,
    created_at timestamptz not null
);

create table day_payees (
    account bigint,
    payee bigint,
    day integer not null,
    spent bigint not null,
    primary key (account, payee)
) with (fillfactor = 50);

create table postings (
    transfer bytea,
    number smallint,
    account bigint not null,
    amount bigint not null,
    reason text not null,
    primary key (transfer, number)
);

create table entries (
    account bigint,
    number bigint,
    transfer bytea not null,
    amount bigint not null,
    counterparty bigint not null,
    balance_after bigint not null,
    at timestamptz not null,
    prev_hash bytea not null,
    hash bytea not null,
    primary key (account, number)
);

-- One row tells both feeds; ours writes one a feed.
create table events (
    id bigint generated always as identity primary key,
    transfer bytea not null,
    debtor bigint not null,
    debtor_seq bigint not null,
    creditor bigint not null,
    creditor_seq bigint not null,
    at timestamptz not null,
    data jsonb not null
);

create or replace function transfer(
    p_key bytea, p_digest bytea, p_debtor bigint, p_creditor bigint, p_amount bigint,
    p_day_limit bigint, p_transfer_day_limit bigint, p_payee_day_limit bigint
) returns text language plpgsql as $$
declare
    known bytea;
    debtor accounts%rowtype;
    creditor accounts%rowtype;
    moment timestamptz := clock_timestamp();
    today integer := ((extract(epoch from moment)::bigint + 19800) / 86400)::integer;
    to_payee bigint;
    debtor_hash bytea;
    creditor_hash bytea;
begin
    select digest into known from transfers where key = p_key;
    if found then
        if known <> p_digest then raise exception 'key_reused'; end if;
        return 'replayed';
    end if;

    if p_debtor < p_creditor then
        select * into strict debtor from accounts where id = p_debtor for update;
        select * into strict creditor from accounts where id = p_creditor for update;
    else
        select * into strict creditor from accounts where id = p_creditor for update;
        select * into strict debtor from accounts where id = p_debtor for update;
    end if;

    if debtor.status <> 'active' or creditor.status = 'closed' then raise exception 'cannot_spend'; end if;
    if debtor.balance - debtor.held < p_amount then raise exception 'not_enough'; end if;
    if today > debtor.day then
        debtor.day := today;
        debtor.day_total := 0;
        debtor.day_transfers := 0;
    end if;
    if debtor.day_total + p_amount > p_day_limit then raise exception 'over_day_limit'; end if;
    if debtor.day_transfers + p_amount > p_transfer_day_limit then raise exception 'over_transfer_day_limit'; end if;
    insert into day_payees as counted (account, payee, day, spent) values (p_debtor, p_creditor, today, p_amount)
        on conflict (account, payee) do update
        set day = today, spent = case when counted.day = today then counted.spent else 0 end + p_amount
        returning spent into to_payee;
    if to_payee > p_payee_day_limit then raise exception 'over_payee_day_limit'; end if;

    insert into transfers values (p_key, p_digest, p_debtor, p_creditor, p_amount, 'posted', moment);
    insert into postings values (p_key, 1, p_debtor, -p_amount, 'transfer'), (p_key, 2, p_creditor, p_amount, 'transfer');

    debtor_hash := sha256(convert_to(concat_ws(E'\n', encode(debtor.chain, 'hex'), p_debtor, debtor.entry_number + 1,
        encode(p_key, 'hex'), -p_amount, p_creditor, 'transfer', debtor.balance - p_amount, moment), 'UTF8'));
    creditor_hash := sha256(convert_to(concat_ws(E'\n', encode(creditor.chain, 'hex'), p_creditor, creditor.entry_number + 1,
        encode(p_key, 'hex'), p_amount, p_debtor, 'transfer', creditor.balance + p_amount, moment), 'UTF8'));
    insert into entries values
        (p_debtor, debtor.entry_number + 1, p_key, -p_amount, p_creditor, debtor.balance - p_amount, moment, debtor.chain, debtor_hash),
        (p_creditor, creditor.entry_number + 1, p_key, p_amount, p_debtor, creditor.balance + p_amount, moment, creditor.chain, creditor_hash);

    update accounts set balance = balance - p_amount, feed_seq = feed_seq + 1, entry_number = entry_number + 1, chain = debtor_hash,
        day = debtor.day, day_total = debtor.day_total + p_amount, day_transfers = debtor.day_transfers + p_amount
        where id = p_debtor;
    update accounts set balance = balance + p_amount, feed_seq = feed_seq + 1, entry_number = entry_number + 1, chain = creditor_hash
        where id = p_creditor;

    insert into events (transfer, debtor, debtor_seq, creditor, creditor_seq, at, data)
        values (p_key, p_debtor, debtor.feed_seq + 1, p_creditor, creditor.feed_seq + 1, moment,
            jsonb_build_object('kind', 'transfer', 'amount', p_amount, 'debtor_balance', debtor.balance - p_amount,
                'creditor_balance', creditor.balance + p_amount));
    return 'posted';
end $$;
