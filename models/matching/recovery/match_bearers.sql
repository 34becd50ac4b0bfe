-- One row per flow and pair of records that this ledger knows nothing of, although the
-- target bears the source's key. It may be what a ledger that is lost by now has
-- created; `is_verified` says that Lenke wrote the reference, else anybody may have
-- typed it. `is_decided` says that a person has decided about the pair.

with

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

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

verified as (

    select * from {{ ref('stg_run__verified_references') }}

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

references_borne as (

    select
        unknown_targets.*,
        {{ trimmed(json_text('records.record', 'unknown_targets.reference_path')) }}
            as reference
    from unknown_targets
    inner join records on unknown_targets.target_key = records.record_key

),

bearers as (

    select
        flows.flow,
        sources.record_key as source_key,
        references_borne.target_key,
        verified.record_key is not null as is_verified
    from references_borne
    inner join present as sources
        on {{ referred_key('references_borne.reference') }} = sources.record_key
    inner join flows
        on
            sources.system_name = flows.source_system
            and sources.entity = flows.source_entity
            and references_borne.system_name = flows.target_system
            and references_borne.entity = flows.target_entity
    left join verified
        on
            references_borne.target_key = verified.record_key
            and references_borne.reference = verified.reference
    left join known_links
        on
            flows.flow = known_links.flow
            and sources.record_key = known_links.source_key
    left join known_creates
        on
            flows.flow = known_creates.flow
            and sources.record_key = known_creates.source_key
    where known_links.flow is null and known_creates.flow is null

),

judged as (

    select
        bearers.*,
        decisions.flow is not null as is_decided
    from bearers
    left join decisions
        on
            bearers.flow = decisions.flow
            and bearers.source_key = decisions.source_key
            and bearers.target_key = decisions.target_key

)

select * from judged
