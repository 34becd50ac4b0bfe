-- One row per flow and source record that gets no new target record now, and the first
-- reason. A person's word for a record of its own (match_decided_creates) outranks all
-- of them but a create that is on its way, a target that is being brought back, and an
-- old ledger (`stands_anyway`).

with

open_creates as (

    select flow, source_key from {{ ref('match_open_creates') }}

),

decided_creates as (

    select flow, source_key from {{ ref('match_decided_creates') }}

),

decisions as (

    select * from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

decided_pairs as (

    select flow, source_key from {{ ref('match_decided_pairs') }}

),

past_holds as (

    select * from {{ ref('match_past_holds') }}

),

possible_doubles as (

    select distinct flow, source_key from {{ ref('match_possible_doubles') }}

),

recovery_holds as (

    select * from {{ ref('match_recovery_holds') }}

),

suspects as (

    select flow, source_key, target_key from {{ ref('stg_ledger__look_alikes') }}
    union
    select flow, source_key, target_key from {{ ref('match_bearers') }}

),

-- Of two that only looked alike, or of which one bore the other's key, a person has
-- said that they are not the same: that keeps nothing from being created.
unlinked_by_person as (

    select distinct decisions.flow, decisions.source_key
    from decisions
    left join suspects
        on
            decisions.flow = suspects.flow
            and decisions.source_key = suspects.source_key
            and decisions.target_key = suspects.target_key
    where suspects.flow is null

),

reasons as (

    select flow, source_key, 0 as precedence, 'create_unsettled' as held_because
    from open_creates

    union all

    select flow, source_key, 1 as precedence, 'unlinked' as held_because
    from unlinked_by_person

    union all

    select flow, source_key, 2 as precedence, held_because
    from past_holds

    union all

    -- A person has said where it belongs, but that record is not to be had now.
    select flow, source_key, 3 as precedence, 'link_waits' as held_because
    from decided_pairs

    union all

    select flow, source_key, 4 as precedence, 'possible_double' as held_because
    from possible_doubles

    union all

    select flow, source_key, 5 as precedence, held_because
    from recovery_holds

),

first_reasons as (

    select
        flow,
        source_key,
        {{ oldest('held_because', 'precedence') }} as held_because,
        bool_or(
            held_because in ('create_unsettled', 'target_restored', 'recovery')
        ) as stands_anyway
    from reasons
    group by flow, source_key

),

holds as (

    select first_reasons.flow, first_reasons.source_key, first_reasons.held_because
    from first_reasons
    left join decided_creates
        on
            first_reasons.flow = decided_creates.flow
            and first_reasons.source_key = decided_creates.source_key
    where decided_creates.flow is null or first_reasons.stands_anyway

)

select * from holds
