-- One row per decision of a person that counts: one that was taken back is none.

with

source as (

    select * from {{ source('ledger', 'decisions') }}

),

withdrawn as (

    select decision_id from {{ source('ledger', 'withdrawn_decisions') }}

),

decisions as (

    select source.*
    from source
    left join withdrawn on source.decision_id = withdrawn.decision_id
    where withdrawn.decision_id is null

)

select * from decisions
