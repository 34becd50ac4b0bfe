-- One row per flow and pair whose source record says that whom it is about has left,
-- and whose target record has no other link: a newcomer may be the same one, who is
-- back under another key. `is_linked` is false when a person has unlinked the two.

with

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}
    where ended_at is null or gone_key is null

),

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

),

entities as (

    select * from {{ ref('entities') }}
    where left_path is not null

),

present as (

    select record_key from {{ ref('match_records') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

departed_pairs as (

    select distinct
        ledger_links.flow,
        ledger_links.source_key,
        ledger_links.target_key,
        flows.source_system,
        flows.source_entity,
        kept_links.flow is not null as is_linked
    from ledger_links
    inner join flows on ledger_links.flow = flows.flow
    inner join entities
        on
            flows.source_system = entities.system_name
            and flows.source_entity = entities.entity
    inner join present as sources on ledger_links.source_key = sources.record_key
    inner join present as targets on ledger_links.target_key = targets.record_key
    inner join records on ledger_links.source_key = records.record_key
    left join kept_links on ledger_links.target_key = kept_links.target_key
    where
        {{ json_text('records.record', 'entities.left_path') }} = entities.left_value
        and (
            kept_links.flow is null
            or (
                kept_links.flow = ledger_links.flow
                and kept_links.source_key = ledger_links.source_key
            )
        )

)

select * from departed_pairs
