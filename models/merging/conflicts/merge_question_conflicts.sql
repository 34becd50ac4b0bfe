{{ config(materialized="view") }}

-- One row per value that a person is asked about from now on, in the shape of a losing
-- value: it is kept once, so that a person can decide about it. The agreed value stays
-- until then.

with

asked as (

    select * from {{ ref('merge_asked') }}

),

agreed as (

    select * from {{ ref('merge_agreed') }}
    where rule = 'ask'

),

questions as (

    select * from {{ ref('stg_ledger__questions') }}

),

new_questions as (

    select
        asked.source_key,
        asked.property,
        split_part(agreed.won_by, ':', 1) as winning_system,
        agreed.won_by as winning_key,
        agreed.agreed_value as winning_value,
        asked.system_name as losing_system,
        asked.member_key as losing_key,
        asked.asked_value as losing_value,
        'ask' as rule,
        'open' as status
    from asked
    inner join agreed
        on asked.source_key = agreed.source_key and asked.property = agreed.property
    left join questions
        on
            asked.source_key = questions.source_key
            and asked.property = questions.property
            and asked.member_key = questions.member_key
            and (asked.asked_value is not distinct from questions.asked_value)
    where questions.conflict_id is null

)

select * from new_questions
