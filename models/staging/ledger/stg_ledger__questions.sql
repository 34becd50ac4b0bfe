{{ config(materialized='replaced_at_once') }}

-- One row per value that a person is asked about, because several members were edited
-- and the seeds let nobody win: it is held until an answer comes. One that a person
-- wants (`restored`) belongs to its question until a run has come to that answer.

with

conflicts as (

    select * from {{ ref('stg_ledger__conflicts') }}
    where rule = 'ask'

),

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}
    where kind = 'restore'

),

done as (

    select decision_id from {{ ref('stg_ledger__done_decisions') }}

),

answered as (

    select distinct decisions.conflict_id
    from decisions
    left join done on decisions.decision_id = done.decision_id
    where done.decision_id is null

),

questions as (

    select
        conflicts.conflict_id,
        conflicts.source_key,
        conflicts.property,
        conflicts.losing_key as member_key,
        conflicts.losing_value as asked_value,
        coalesce(conflicts.losing_value, '') as asked_or_empty
    from conflicts
    left join answered on conflicts.conflict_id = answered.conflict_id
    where
        conflicts.status in ('open', 'acknowledged')
        or answered.conflict_id is not null

)

select * from questions
