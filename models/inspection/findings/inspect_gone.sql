-- One row per thing that a person should look at because a record is gone: a link that
-- ended and what is left of it, a target that is kept because it was edited or that
-- could not be deleted, a key that another record has now, and a new record that looks
-- like one that vanished. Whoever has seen it can say `lenke unlink` to the pair.

with

parted_links as (

    select * from {{ ref('match_lost_links') }}

),

present as (

    select record_key from {{ ref('match_records') }}

),

ended_links as (

    select * from {{ ref('match_ended_links') }}

),

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}

),

flows as (

    select * from {{ ref('flows') }}

),

reused_ids as (

    select * from {{ ref('match_reused_ids') }}

),

rekeyed as (

    select * from {{ ref('match_rekeyed') }}

),

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}

),

left_targets as (

    select * from {{ ref('outbound_orphaned_targets') }}
    where policy = 'delete'

),

refused_deletes as (

    select distinct
        candidates.flow,
        candidates.source_key,
        payloads.refused_with
    from {{ ref('outbound_candidates') }} as candidates
    inner join {{ ref('outbound_payloads') }} as payloads
        on candidates.write_key = payloads.write_key
    where candidates.operation = 'delete' and payloads.is_held_back

),

reasons_of_end as (

    select flow, source_key, target_key, ended_because from ended_links

    union all

    select
        flow,
        source_key,
        target_key,
        {{ newest('ended_because', 'ended_at') }} as ended_because
    from ledger_links
    where ended_at is not null
    group by flow, source_key, target_key

),

-- Nothing is left to look at when the other record is gone, too; and while both are
-- there, the link is taken up again, or the key is a reused one.
parted as (

    select
        parted_links.flow,
        parted_links.source_key,
        parted_links.target_key,
        parted_links.gone_key,
        parted_links.left_key,
        min(reasons_of_end.ended_because) as ended_because
    from parted_links
    inner join present on parted_links.left_key = present.record_key
    left join present as returned on parted_links.gone_key = returned.record_key
    inner join reasons_of_end
        on
            parted_links.flow = reasons_of_end.flow
            and parted_links.source_key = reasons_of_end.source_key
            and parted_links.target_key = reasons_of_end.target_key
    where parted_links.standing <> 'suspected' and returned.record_key is null
    group by
        parted_links.flow,
        parted_links.source_key,
        parted_links.target_key,
        parted_links.gone_key,
        parted_links.left_key

),

reused as (

    select
        parted_links.flow,
        parted_links.source_key,
        parted_links.target_key,
        flows.mode,
        reused_ids.record_key,
        reused_ids.evidence
    from parted_links
    inner join flows on parted_links.flow = flows.flow
    inner join reused_ids on parted_links.gone_key = reused_ids.record_key

),

findings as (

    select
        'record_gone' as kind,
        parted.gone_key as record_key,
        'Its link with ' || parted.left_key || ' in ' || parted.flow || ' has ended, '
        || parted.ended_because || '. ' || case
            when unlinked_sources.outcome = 'to_create'
                then 'A new target is made by the policy of the flow.'
            else 'Nothing was done to ' || parted.left_key || '.'
        end as message,
        case
            when parted.gone_key = parted.source_key
                then 'Delete ' || parted.left_key || ' where it is, or leave it'
            else
                'Link ' || parted.source_key || ' with another record of '
                || parted.flow || ' (lenke link), or leave it'
        end || '. To put this aside: ' || {{ command(
            'unlink', ['parted.flow', 'parted.source_key', 'parted.target_key']
        ) }} as next_step
    from parted
    left join unlinked_sources
        on
            parted.flow = unlinked_sources.flow
            and parted.source_key = unlinked_sources.source_key
    left join left_targets
        on
            parted.flow = left_targets.flow
            and parted.source_key = left_targets.source_key
            and parted.target_key = left_targets.target_key
    where
        left_targets.flow is null
        and unlinked_sources.held_because is distinct from 'target_restored'

    union all

    select
        'kept_after_edit' as kind,
        target_key as record_key,
        source_key || ' is gone, and ' || flow || ' would delete this record, but '
        || edited_names || ' was edited. It is kept.' as message,
        'Delete it where it is, or leave it. To put this aside: '
        || {{ command('unlink', ['flow', 'source_key', 'target_key']) }} as next_step
    from left_targets
    where edited_names is not null

    union all

    select
        'delete_refused' as kind,
        left_targets.target_key as record_key,
        left_targets.source_key || ' is gone, but the system would not delete this '
        || 'record: ' || coalesce(refused_deletes.refused_with, 'without a reason')
        || '.' as message,
        'Delete it where it is. It is tried again now and then; to stop that: '
        || {{ command('unlink', [
            'left_targets.flow', 'left_targets.source_key', 'left_targets.target_key'
        ]) }} as next_step
    from left_targets
    inner join refused_deletes
        on
            left_targets.flow = refused_deletes.flow
            and left_targets.source_key = refused_deletes.source_key

    union all

    select
        'id_reused' as kind,
        record_key,
        'The record with this key was linked in ' || flow || ' and is gone; the one '
        || 'that has the key now is another one (' || evidence || ').' as message,
        'If they belong together all the same: '
        || {{ command('link', ['flow', 'source_key', 'target_key']) }} || '. If not: '
        || {{ command('unlink', ['flow', 'source_key', 'target_key']) }} || case
            when mode = 'create'
                then
                    ', or for a new target record of its own: '
                    || {{ command('create', ['flow', 'source_key']) }}
            else ''
        end as next_step
    from reused

    union all

    select
        'rekeyed' as kind,
        rekeyed.source_key as record_key,
        rekeyed.likeness || rekeyed.vanished_key || case
            when rekeyed.standing in ('left', 'left_unlinked') then ', who has left'
            else ', which has vanished'
        end || ', so nothing is created for it in ' || rekeyed.flow || '.' as message,
        'If it is the same under a new key: ' || case
            when rekeyed.standing in ('suspected', 'left')
                then
                    {{ command('unlink', [
                        'rekeyed.flow', 'rekeyed.vanished_key', 'rekeyed.target_key'
                    ]) }} || ', then '
            else ''
        end || {{ command(
            'link', ['rekeyed.flow', 'rekeyed.source_key', 'rekeyed.target_key']
        ) }} || '. If it is another one: '
        || {{ command('create', ['rekeyed.flow', 'rekeyed.source_key']) }} as next_step
    from rekeyed

)

select * from findings
