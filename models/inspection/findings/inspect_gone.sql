-- One row per link that ended because one of its records was gone, while the other one
-- is there: what is left of it. Whoever has seen it can say `lenke unlink` to the pair.

with

lost_links as (

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

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}

),

orphaned_targets as (

    select * from {{ ref('outbound_orphaned_targets') }}
    where policy = 'delete'

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
pairs as (

    select
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        lost_links.gone_key,
        lost_links.remaining_key,
        min(reasons_of_end.ended_because) as ended_because
    from lost_links
    inner join present on lost_links.remaining_key = present.record_key
    left join present as returned on lost_links.gone_key = returned.record_key
    inner join reasons_of_end
        on
            lost_links.flow = reasons_of_end.flow
            and lost_links.source_key = reasons_of_end.source_key
            and lost_links.target_key = reasons_of_end.target_key
    where lost_links.state <> 'suspected' and returned.record_key is null
    group by
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        lost_links.gone_key,
        lost_links.remaining_key

),

findings as (

    select
        'record_gone' as kind,
        pairs.gone_key as record_key,
        cast(null as varchar) as property,
        'Its link with ' || pairs.remaining_key || ' in ' || pairs.flow
        || ' has ended, ' || pairs.ended_because || '. ' || case
            when unlinked_sources.outcome = 'to_create'
                then 'A new target is made by the policy of the flow.'
            else 'Nothing was done to ' || pairs.remaining_key || '.'
        end as message,
        case
            when pairs.gone_key = pairs.source_key
                then 'Delete ' || pairs.remaining_key || ' where it is, or leave it'
            else
                'Link ' || pairs.source_key || ' with another record of '
                || pairs.flow || ', or leave it'
        end || '. To put this aside: ' || {{ command(
            'unlink', ['pairs.flow', 'pairs.source_key', 'pairs.target_key']
        ) }} as next_step,
        concat_ws(' ', pairs.flow, pairs.remaining_key) as told_apart_by
    from pairs
    left join unlinked_sources
        on
            pairs.flow = unlinked_sources.flow
            and pairs.source_key = unlinked_sources.source_key
    left join orphaned_targets
        on
            pairs.flow = orphaned_targets.flow
            and pairs.source_key = orphaned_targets.source_key
            and pairs.target_key = orphaned_targets.target_key
    where
        orphaned_targets.flow is null
        and unlinked_sources.held_because is distinct from 'target_restored'

)

select * from findings
