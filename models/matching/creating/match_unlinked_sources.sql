-- One row per flow and source record without a link: what becomes of it (`to_create`,
-- `unmatched`, `ambiguous`, `held`) and, if it is held, why.

with

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

records as (

    select * from {{ ref('match_records') }}

),

links as (

    select distinct flow, source_key from {{ ref('match_links') }}

),

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

held_sources as (

    select * from {{ ref('match_held_sources') }}

),

look_alikes as (

    select flow, source_key, target_key from {{ ref('stg_ledger__look_alikes') }}
    union
    select flow, source_key, target_key from {{ ref('match_bearers') }}

),

-- Of two that only looked alike, or of which one bore the other's key, a person has
-- said that they are not the same: that keeps nothing from being created.
unlinked_by_person as (

    select distinct decisions.flow, decisions.source_key
    from {{ ref('match_decisions') }} as decisions
    left join look_alikes
        on
            decisions.flow = look_alikes.flow
            and decisions.source_key = look_alikes.source_key
            and decisions.target_key = look_alikes.target_key
    where decisions.kind = 'unlink' and look_alikes.flow is null

),

-- A person has said where it belongs, but that record is not to be had now.
linked_by_person as (

    select flow, source_key from {{ ref('match_decided_pairs') }}

),

recovery_holds as (

    select * from {{ ref('match_recovery_holds') }}

),

open_creates as (

    select * from {{ ref('match_open_creates') }}

),

-- A person's word for a record of its own outranks every doubt, but for an old ledger
-- and a target that is being brought back.
decided_creates as (

    select
        decided.flow,
        decided.source_key
    from {{ ref('match_decided_creates') }} as decided
    left join held_sources
        on
            decided.flow = held_sources.flow
            and decided.source_key = held_sources.source_key
            and held_sources.held_because = 'target_restored'
    left join recovery_holds
        on
            decided.flow = recovery_holds.flow
            and decided.source_key = recovery_holds.source_key
            and recovery_holds.held_because = 'recovery'
    where held_sources.flow is null and recovery_holds.flow is null

),

possible_doubles as (

    select distinct flow, source_key from {{ ref('match_possible_doubles') }}

),

unlinked as (

    select
        flows.flow,
        flows.mode,
        records.record_key as source_key
    from flows
    inner join records
        on
            flows.source_system = records.system_name
            and flows.source_entity = records.entity
    left join links
        on flows.flow = links.flow and records.record_key = links.source_key
    where links.flow is null

),

judged as (

    select
        unlinked.flow,
        unlinked.source_key,
        case
            when ambiguous.flow is not null and decided_creates.flow is null
                then 'ambiguous'
            when unlinked.mode = 'match' then 'unmatched'
            when open_creates.flow is not null then 'held'
            when decided_creates.flow is not null then 'to_create'
            when unlinked_by_person.flow is not null then 'held'
            when held_sources.flow is not null then 'held'
            when linked_by_person.flow is not null then 'held'
            when possible_doubles.flow is not null then 'held'
            when recovery_holds.flow is not null then 'held'
            else 'to_create'
        end as outcome,
        case
            when unlinked.mode = 'match' then null
            when ambiguous.flow is not null and decided_creates.flow is null then null
            when open_creates.flow is not null then 'create_unsettled'
            when decided_creates.flow is not null then null
            when unlinked_by_person.flow is not null then 'unlinked'
            when held_sources.flow is not null then held_sources.held_because
            when linked_by_person.flow is not null then 'link_waits'
            when possible_doubles.flow is not null then 'possible_double'
            else recovery_holds.held_because
        end as held_because
    from unlinked
    left join ambiguous
        on unlinked.flow = ambiguous.flow and unlinked.source_key = ambiguous.source_key
    left join open_creates
        on
            unlinked.flow = open_creates.flow
            and unlinked.source_key = open_creates.source_key
    left join unlinked_by_person
        on
            unlinked.flow = unlinked_by_person.flow
            and unlinked.source_key = unlinked_by_person.source_key
    left join held_sources
        on
            unlinked.flow = held_sources.flow
            and unlinked.source_key = held_sources.source_key
    left join linked_by_person
        on
            unlinked.flow = linked_by_person.flow
            and unlinked.source_key = linked_by_person.source_key
    left join possible_doubles
        on
            unlinked.flow = possible_doubles.flow
            and unlinked.source_key = possible_doubles.source_key
    left join recovery_holds
        on
            unlinked.flow = recovery_holds.flow
            and unlinked.source_key = recovery_holds.source_key
    left join decided_creates
        on
            unlinked.flow = decided_creates.flow
            and unlinked.source_key = decided_creates.source_key

)

select * from judged
