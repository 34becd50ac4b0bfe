-- One row per flow and pair of records that this ledger knows nothing of, although the
-- target bears the source's key: what a ledger that is lost by now has created.

with

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

entities as (

    select * from {{ ref('entities') }}
    where reference_path is not null

),

present as (

    select record_key, system_name, entity from {{ ref('match_records') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

known_links as (

    select * from {{ ref('stg_ledger__links') }}

),

known_creates as (

    select distinct flow, source_key from {{ ref('stg_ledger__writes') }}
    where operation = 'create'

),

decisions as (

    select * from {{ ref('match_decisions') }}

),

-- Linked records are out first: a quiet run looks into no JSON here.
unknown_targets as (

    select
        present.record_key as target_key,
        present.system_name,
        present.entity,
        entities.reference_path
    from present
    inner join entities
        on
            present.system_name = entities.system_name
            and present.entity = entities.entity
    left join known_links on present.record_key = known_links.target_key
    where known_links.flow is null

),

bearing_a_reference as (

    select
        unknown_targets.target_key,
        unknown_targets.system_name,
        unknown_targets.entity,
        {{ trimmed(json_text('records.record', 'unknown_targets.reference_path')) }}
            as source_key
    from unknown_targets
    inner join records on unknown_targets.target_key = records.record_key

),

traces as (

    select
        flows.flow,
        sources.record_key as source_key,
        bearing_a_reference.target_key
    from bearing_a_reference
    inner join present as sources
        on bearing_a_reference.source_key = sources.record_key
    inner join flows
        on
            sources.system_name = flows.source_system
            and sources.entity = flows.source_entity
            and bearing_a_reference.system_name = flows.target_system
            and bearing_a_reference.entity = flows.target_entity
            and flows.mode = 'create'
    left join known_links
        on
            flows.flow = known_links.flow
            and sources.record_key = known_links.source_key
    left join known_creates
        on
            flows.flow = known_creates.flow
            and sources.record_key = known_creates.source_key
    left join decisions
        on
            flows.flow = decisions.flow
            and sources.record_key = decisions.source_key
    where
        known_links.flow is null
        and known_creates.flow is null
        and decisions.flow is null

),

-- A contract keeps references unique; where one is not, it proves nothing.
counted as (

    select
        traces.*,
        count(*) over (partition by flow, source_key) as bearers
    from traces

),

unique_traces as (

    select flow, source_key, target_key from counted where bearers = 1

)

select * from unique_traces
