{{ config(materialized='view') }}

-- One row per star and member that a usable entity does not show any more,
-- and that does not rest.

with

members as (

    select * from {{ ref('merge_members') }}
    where not is_available and is_resting is distinct from true

),

entities as (

    select * from {{ ref('match_entities') }}
    where is_usable

),

open_writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where is_open

),

set_aside as (

    select * from {{ ref('stg_run__set_aside') }}

),

written_since as (

    select * from {{ ref('match_written_since') }}

),

absent_members as (

    select members.*
    from members
    inner join entities
        on
            members.system_name = entities.system_name
            and members.entity = entities.entity
    left join open_writes
        on
            members.member_key = {{ record_key(
                'open_writes.system_name', 'open_writes.entity', 'open_writes.record_id'
            ) }}
    left join set_aside on members.member_key = set_aside.record_key
    left join written_since on members.member_key = written_since.record_key
    where
        open_writes.write_id is null
        and set_aside.record_key is null
        and written_since.record_key is null

)

select * from absent_members
