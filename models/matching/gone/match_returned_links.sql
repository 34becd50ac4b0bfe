-- One row per flow and pair whose link ended because one of them was gone, and which
-- are both there again: the same records, so the link is taken up again.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where state = 'ended'

),

present as (

    select record_key from {{ ref('match_records') }}

),

reused_ids as (

    select record_key from {{ ref('match_reused_ids') }}

),

there_again as (

    select
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        row_number() over (
            partition by lost_links.flow, lost_links.source_key
            order by lost_links.ended_at desc, lost_links.target_key asc
        ) as newest_of_source,
        row_number() over (
            partition by lost_links.target_key
            order by lost_links.ended_at desc, lost_links.source_key asc
        ) as newest_of_target
    from lost_links
    inner join present as sources on lost_links.source_key = sources.record_key
    inner join present as targets on lost_links.target_key = targets.record_key
    left join reused_ids as other_sources
        on lost_links.source_key = other_sources.record_key
    left join reused_ids as other_targets
        on lost_links.target_key = other_targets.record_key
    where other_sources.record_key is null and other_targets.record_key is null

),

returned as (

    select flow, source_key, target_key
    from there_again
    where newest_of_source = 1 and newest_of_target = 1

)

select * from returned
