-- One row per flow and source record that was never linked in it, in flows where
-- somebody has left or vanished: it may be the same one under another key.

with

formers as (

    select * from {{ ref('match_formers') }}

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

),

present as (

    select record_key, system_name, entity, loaded_at from {{ ref('match_records') }}

),

ledger_links as (

    select distinct flow, source_key from {{ ref('stg_ledger__links') }}

),

flows_of_formers as (

    select distinct
        flows.flow,
        flows.source_system,
        flows.source_entity
    from formers
    inner join flows on formers.flow = flows.flow

),

newcomers as (

    select
        flows_of_formers.flow,
        present.record_key,
        present.loaded_at
    from flows_of_formers
    inner join present
        on
            flows_of_formers.source_system = present.system_name
            and flows_of_formers.source_entity = present.entity
    left join ledger_links
        on
            flows_of_formers.flow = ledger_links.flow
            and present.record_key = ledger_links.source_key
    where ledger_links.flow is null

)

select * from newcomers
