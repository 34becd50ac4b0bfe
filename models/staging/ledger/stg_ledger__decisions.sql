-- One row per decision of a person. A record that has another key now stands under it.

with

source as (

    select * from {{ source('ledger', 'decisions') }}

),

moved_records as (

    select * from {{ ref('stg_ledger__moved_records') }}

),

decisions as (

    select
        source.decision_id,
        source.kind,
        source.flow,
        source.source_key,
        coalesce(moved_records.moved_to, source.target_key) as target_key,
        source.property,
        source.decided_value,
        source.reason,
        source.decided_by,
        source.decided_at
    from source
    left join moved_records on source.target_key = moved_records.record_key

)

select * from decisions
