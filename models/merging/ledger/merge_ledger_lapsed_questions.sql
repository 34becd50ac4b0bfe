-- One row per value that a person is not asked about any more, because an answer was
-- carried out, or something newer stands there: what the deciding transaction of a push
-- writes to the ledger.

with

questions as (

    select * from {{ ref('stg_ledger__questions') }}

),

asked as (

    select * from {{ ref('merge_asked') }}

),

agreed as (

    select * from {{ ref('merge_agreed') }}

),

lapsed as (

    select questions.conflict_id
    from questions
    inner join agreed
        on
            questions.source_key = agreed.source_key
            and questions.property = agreed.property
    left join asked
        on
            questions.source_key = asked.source_key
            and questions.property = asked.property
            and questions.member_key = asked.member_key
            and (questions.asked_value is not distinct from asked.asked_value)
    where
        asked.source_key is null
        or (agreed.rule <> 'ask' and (asked.is_heard or agreed.rule <> 'stays'))

)

select * from lapsed
