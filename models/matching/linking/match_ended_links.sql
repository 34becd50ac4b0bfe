-- One row per link that ends now: a person unlinked the pair, or one of its records is
-- gone (`gone_key`). A link through a system that this run can't use waits: what people
-- did on the other side could not be seen. So does one that rests, unless a person ends
-- it.

with

open_links as (

    select * from {{ ref('stg_ledger__links') }}
    where ended_at is null

),

unlinked_pairs as (

    select * from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

gone_records as (

    select * from {{ ref('match_gone_records') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

resting_links as (

    select * from {{ ref('match_resting_links') }}

),

unlinked as (

    select
        open_links.flow,
        open_links.source_key,
        open_links.target_key,
        'unlinked by ' || coalesce(unlinked_pairs.decided_by, 'a person')
        || coalesce(': ' || unlinked_pairs.reason, '') as ended_because,
        cast(null as varchar) as gone_key,
        cast(null as varchar) as ended_policy
    from open_links
    inner join unlinked_pairs
        on
            open_links.flow = unlinked_pairs.flow
            and open_links.source_key = unlinked_pairs.source_key
            and open_links.target_key = unlinked_pairs.target_key

),

gone as (

    select
        open_links.flow,
        open_links.source_key,
        open_links.target_key,
        case
            when gone_sources.record_key is not null
                then 'the source is gone: ' || gone_sources.evidence
            else 'the target is gone: ' || gone_targets.evidence
        end as ended_because,
        coalesce(gone_sources.record_key, gone_targets.record_key) as gone_key,
        case
            when gone_sources.record_key is not null then flows.on_source_gone
            else flows.on_target_gone
        end as ended_policy
    from open_links
    inner join flows on open_links.flow = flows.flow
    left join gone_records as gone_sources
        on open_links.source_key = gone_sources.record_key
    left join gone_records as gone_targets
        on open_links.target_key = gone_targets.record_key
    left join unlinked
        on
            open_links.flow = unlinked.flow
            and open_links.source_key = unlinked.source_key
            and open_links.target_key = unlinked.target_key
    left join resting_links
        on
            open_links.flow = resting_links.flow
            and open_links.source_key = resting_links.source_key
            and open_links.target_key = resting_links.target_key
    where
        unlinked.flow is null
        and resting_links.flow is null
        and (
            gone_sources.record_key is not null or gone_targets.record_key is not null
        )

),

ended as (

    select * from unlinked
    union all
    select * from gone

)

select * from ended
