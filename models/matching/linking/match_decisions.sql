-- One row per flow and pair of records that a person has decided about: the newest
-- decision, link or unlink. It outranks every rule.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}
    where kind in ('link', 'unlink')

),

ranked as (

    select
        decisions.*,
        row_number() over (
            partition by flow, source_key, target_key
            order by coalesce(step, 0) desc, decided_at desc, decision_id desc
        ) as newest_first
    from decisions

),

newest as (

    select flow, source_key, target_key, kind, reason, decided_by, decided_at
    from ranked
    where newest_first = 1

)

select * from newest
