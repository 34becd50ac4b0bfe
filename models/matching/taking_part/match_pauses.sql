-- One row per flow, system or record (by its name, or its key) that a person has
-- paused: until somebody resumes it, or until its time is over.

with

decisions as (

    select
        coalesce(flow, target_key, source_key) as paused,
        kind,
        {{ utc_stamp('decided_value') }} as paused_until,
        reason,
        decided_by,
        decided_at,
        decision_id,
        coalesce(step, 0) as step
    from {{ ref('stg_ledger__decisions') }}
    where kind in ('pause', 'resume')

),

ranked as (

    select
        decisions.*,
        row_number() over (
            partition by paused order by step desc, decided_at desc, decision_id desc
        ) as newest_first
    from decisions

),

pauses as (

    select
        paused,
        paused_until,
        'paused by ' || coalesce(decided_by, 'a person') || coalesce(
            ' until ' || left(
                cast({{ oslo_clock('paused_until') }} as varchar), 16
            ), ''
        ) || coalesce(': ' || reason, '') as in_words
    from ranked
    where
        newest_first = 1
        and kind = 'pause'
        and coalesce(paused_until > {{ now_utc() }}, true)

)

select * from pauses
