-- What an adopted record holds was not written by us: it is met for the first time. A
-- member that could not be read back counts as stored as it was sent, until it is seen.
-- One that was sent twice in one write was stored as it was sent last.
merge into ledger.observations as observations
using (
    with ours as (
        select * from newly_done
        where newly_done.part = $part and not newly_done.is_adopted
    ),

    kept as (
        select
            ours.write_id,
            ours.record_key,
            ours.run_id,
            ours.event_at,
            members.key as property,
            members.value as observed
        from ours
        inner join ledger.writes as receipts on ours.place = receipts.rowid
        cross join json_each(receipts.stored) as members
        where json_valid(receipts.stored)
    ),

    sent as (
        select
            ours.write_id,
            ours.record_key,
            ours.run_id,
            ours.event_at,
            json_extract_string(members.value, '$.property') as property,
            cast(json_extract(members.value, '$.after') as varchar) as sent_value,
            json_extract_string(members.value, '$.delivered') as delivered
        from ours
        inner join ledger.writes as intents on ours.intent_place = intents.rowid
        cross join json_each(intents.changes) as members
        where json_valid(intents.changes)
        qualify
            row_number() over (
                partition by ours.write_id, property
                order by cast(members.key as integer) desc
            ) = 1
    ),

    told as (
        select
            coalesce(kept.write_id, sent.write_id) as write_id,
            coalesce(kept.record_key, sent.record_key) as record_key,
            coalesce(kept.property, sent.property) as property,
            coalesce(kept.run_id, sent.run_id) as run_id,
            coalesce(kept.event_at, sent.event_at) as event_at,
            coalesce(cast(kept.observed as varchar), sent.sent_value, 'null')
                as observed,
            sent.delivered,
            sent.write_id is not null as is_delivered
        from kept
        full outer join sent
            on kept.write_id = sent.write_id and kept.property = sent.property
    ),

    newest as (
        select
            told.record_key,
            told.property,
            max_by(
                told.write_id,
                struct_pack(told_at := told.event_at, write_id := told.write_id)
            ) as write_id
        from told
        group by told.record_key, told.property
    )

    select told.*
    from told
    inner join newest
        on told.write_id = newest.write_id and told.property = newest.property
) as written
    on
        observations.record_key = written.record_key
        and observations.property = written.property
when matched then
    update
        set
            observed = written.observed,
            delivered = written.delivered,
            is_delivered = written.is_delivered,
            awaits_answer = true,
            run_id = written.run_id,
            observed_at = written.event_at,
            in_doubt = false
when not matched then insert (
    record_key, property, observed, delivered, is_delivered, awaits_answer, run_id,
    observed_at
) values (
    written.record_key, written.property, written.observed, written.delivered,
    written.is_delivered, true, written.run_id, written.event_at
);
