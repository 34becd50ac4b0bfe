-- One row per flow and source record for which nothing may be created: all of them in a
-- recovery, and otherwise those that look like an unlinked target record, or whose key
-- such a record bears, until a person has linked one or said that it is another.

with

run as (

    select * from {{ ref('match_run_is_recovery') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

),

present as (

    select record_key, system_name, entity from {{ ref('match_records') }}

),

look_alikes as (

    select * from {{ ref('stg_ledger__look_alikes') }}

),

bearers as (

    select * from {{ ref('match_bearers') }}
    where not is_decided

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

decisions as (

    select * from {{ ref('match_decisions') }}

),

in_recovery as (

    select
        flows.flow,
        present.record_key as source_key,
        'recovery' as held_because,
        cast(null as varchar) as details
    from flows
    inner join present
        on
            flows.source_system = present.system_name
            and flows.source_entity = present.entity
    cross join run
    where run.is_recovery

),

undecided as (

    select
        look_alikes.flow,
        look_alikes.source_key,
        'looks_alike' as held_because,
        {{ sorted_text_list('look_alikes.target_key', "', '", distinct=true) }}
            as details
    from look_alikes
    inner join present on look_alikes.target_key = present.record_key
    cross join run
    left join kept_links on look_alikes.target_key = kept_links.target_key
    left join decisions
        on
            look_alikes.flow = decisions.flow
            and look_alikes.source_key = decisions.source_key
            and look_alikes.target_key = decisions.target_key
    where
        not run.is_recovery
        and kept_links.flow is null
        and decisions.flow is null
    group by look_alikes.flow, look_alikes.source_key

),

-- Whoever wrote that reference: a second record is not made beside it.
claimed as (

    select
        bearers.flow,
        bearers.source_key,
        'claimed' as held_because,
        {{ sorted_text_list('bearers.target_key', "', '", distinct=true) }}
            as details
    from bearers
    cross join run
    left join undecided
        on
            bearers.flow = undecided.flow
            and bearers.source_key = undecided.source_key
    where not run.is_recovery and undecided.flow is null
    group by bearers.flow, bearers.source_key

),

holds as (

    select * from in_recovery
    union all
    select * from undecided
    union all
    select * from claimed

)

select * from holds
