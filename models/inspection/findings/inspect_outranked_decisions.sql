{{ config(materialized='view') }}

-- One row per decision of a person that counts no more by itself: a later one about the
-- same counts instead (`superseded`), or its time has come (`over`). The same rules as
-- in match_decisions and match_pauses, which know what a build knew: this is a view, so
-- that a decision shows as soon as it is made.

with

standing as (

    select
        stg_ledger__decisions.*,
        case
            when kind in ('link', 'unlink') then 'link'
            when kind in ('pause', 'resume') then 'pause'
        end as kinds
    from {{ ref('stg_ledger__decisions') }} as stg_ledger__decisions

),

ranked as (

    select
        standing.*,
        row_number() over (
            partition by kinds, flow, source_key, target_key
            order by coalesce(step, 0) desc, decided_at desc, decision_id desc
        ) as newest_first
    from standing
    where kinds is not null

),

outranked as (

    select
        decision_id,
        case when newest_first > 1 then 'superseded' else 'over' end as outcome
    from ranked
    where
        newest_first > 1
        or (
            kind = 'pause' and {{ utc_stamp('decided_value') }} <= {{ now_utc() }}
        )

)

select * from outranked
