-- One row per decision of a person that was taken back before a run carried it out.

with

decisions as (

    select * from {{ source('ledger', 'decisions') }}

),

withdrawn as (

    select
        decision_id,
        reason as withdrawn_because,
        withdrawn_by,
        withdrawn_at
    from {{ source('ledger', 'withdrawn_decisions') }}

),

withdrawn_decisions as (

    select
        decisions.*,
        withdrawn.withdrawn_because,
        withdrawn.withdrawn_by,
        withdrawn.withdrawn_at
    from decisions
    inner join withdrawn on decisions.decision_id = withdrawn.decision_id

)

select * from withdrawn_decisions
