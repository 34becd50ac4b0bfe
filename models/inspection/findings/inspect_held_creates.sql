-- One row per flow and source record whose new target record can't be created now: what
-- it lacks, or what the system has said to it.

with

creates as (

    select * from {{ ref('outbound_creates') }}

),

candidates as (

    select distinct write_key, flow, source_key, operation
    from {{ ref('outbound_candidates') }}
    where operation = 'create'

),

payloads as (

    select * from {{ ref('outbound_payloads') }}
    where is_held_back

),

lacking as (

    select
        flow,
        source_key,
        case
            when bool_and(held_because = 'would_be_filled_in') then 'would_be_filled_in'
            when bool_and(held_because = 'unmapped') then 'unmapped'
            else 'cannot_be_empty'
        end as held_because,
        {{ sorted_text_list(
            "case when held_because = 'unmapped' then "
            ~ map_row('flow', 'property', 'delivered', 'null') ~ " else name end",
            "', '"
        ) }} as details,
        flow as told_apart_by
    from creates
    where is_required and held_because is not null
    group by flow, source_key

),

refused as (

    select
        candidates.flow,
        candidates.source_key,
        'refused' as held_because,
        payloads.refused_with as details,
        payloads.payload_hash as told_apart_by
    from candidates
    inner join payloads on candidates.write_key = payloads.write_key

),

unlinked as (

    select
        unlinked_sources.flow,
        unlinked_sources.source_key,
        unlinked_sources.held_because,
        recovery_holds.details,
        unlinked_sources.flow as told_apart_by
    from {{ ref('match_unlinked_sources') }} as unlinked_sources
    left join {{ ref('match_recovery_holds') }} as recovery_holds
        on
            unlinked_sources.flow = recovery_holds.flow
            and unlinked_sources.source_key = recovery_holds.source_key
            and unlinked_sources.held_because = recovery_holds.held_because
    where unlinked_sources.outcome = 'held'

),

held as (

    select * from lacking
    union all
    select * from refused
    union all
    select * from unlinked

)

select * from held
