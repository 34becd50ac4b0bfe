-- One row per losing value that a person wants back and that no run has restored yet.
-- Of several for one property the newest counts (`is_newest`); the others are done with
-- it.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}
    where kind = 'restore'

),

done as (

    select decision_id from {{ ref('stg_ledger__done_decisions') }}

),

restores as (

    select
        decisions.decision_id,
        decisions.source_key,
        decisions.property,
        decisions.decided_value as restored_value,
        'lenke:person:' || coalesce(decisions.decided_by, 'somebody') as restored_by,
        decisions.decided_at as restored_at,
        row_number() over (
            partition by decisions.source_key, decisions.property
            order by decisions.decided_at desc, decisions.decision_id desc
        ) = 1 as is_newest
    from decisions
    left join done on decisions.decision_id = done.decision_id
    where done.decision_id is null

)

select * from restores
