-- One row per create that could not be found, and record of its entity that nobody is
-- linked to: it may be what the create made, however old its stamp says that it is.
-- `is_changed_since` says that it was changed after we sent it.

with

writes as (

    select
        write_id,
        flow,
        source_key,
        system_name,
        entity,
        properties_after,
        intended_at
    from {{ ref('stg_ledger__writes') }}
    where operation = 'create' and status = 'not_applied'

),

-- A person has said since that there are two.
decided as (

    select
        flow,
        source_key,
        max(decided_at) as decided_at
    from {{ ref('stg_ledger__decisions') }}
    where kind = 'create'
    group by flow, source_key

),

present as (

    select * from {{ ref('match_records') }}

),

links as (

    select distinct target_key from {{ ref('match_links') }}

),

limits as (

    select {{ limit_named('clock_difference_s') }} as clock_difference_s
    from {{ ref('limits') }}

),

-- A system's clock may be behind ours.
candidates as (

    select
        writes.write_id,
        writes.flow,
        writes.source_key,
        writes.system_name,
        writes.entity,
        writes.properties_after,
        present.record_key as target_key,
        coalesce(
            {{ seconds_between('writes.intended_at', 'present.change_stamp') }}
            >= -limits.clock_difference_s,
            false
        ) as is_changed_since
    from writes
    inner join present
        on
            writes.system_name = present.system_name
            and writes.entity = present.entity
    cross join limits
    left join links on present.record_key = links.target_key
    left join decided
        on
            writes.flow = decided.flow
            and writes.source_key = decided.source_key
            and writes.intended_at <= decided.decided_at
    where
        links.target_key is null
        and decided.flow is null

)

select * from candidates
