-- One row per flow and pair whose link ended because one of them was gone, and which
-- are both there again: the same records, so the link is taken up again.

with

parted_links as (

    select * from {{ ref('match_lost_links') }}
    where standing = 'ended'

),

present as (

    select record_key from {{ ref('match_records') }}

),

reused_ids as (

    select record_key from {{ ref('match_reused_ids') }}

),

there_again as (

    select
        parted_links.flow,
        parted_links.source_key,
        parted_links.target_key,
        row_number() over (
            partition by parted_links.flow, parted_links.source_key
            order by parted_links.ended_at desc, parted_links.target_key asc
        ) as newest_of_source,
        row_number() over (
            partition by parted_links.target_key
            order by parted_links.ended_at desc, parted_links.source_key asc
        ) as newest_of_target
    from parted_links
    inner join present as sources on parted_links.source_key = sources.record_key
    inner join present as targets on parted_links.target_key = targets.record_key
    left join reused_ids as other_sources
        on parted_links.source_key = other_sources.record_key
    left join reused_ids as other_targets
        on parted_links.target_key = other_targets.record_key
    where other_sources.record_key is null and other_targets.record_key is null

),

returned as (

    select flow, source_key, target_key
    from there_again
    where newest_of_source = 1 and newest_of_target = 1

)

select * from returned
