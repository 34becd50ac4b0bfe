-- One row per decision of a person that counts: one that was taken back is none. A
-- record that has another key now stands under it.

with

source as (

    select * from {{ source('ledger', 'decisions') }}

),

withdrawn as (

    select decision_id from {{ source('ledger', 'withdrawn_decisions') }}

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
        source.decided_at,
        source.conflict_id,
        source.payload_hash,
        source.step
    from source
    left join withdrawn on source.decision_id = withdrawn.decision_id
    left join moved_records on source.target_key = moved_records.record_key
    where withdrawn.decision_id is null

)

select * from decisions
