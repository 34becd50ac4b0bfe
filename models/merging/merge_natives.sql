-- One row per touched star, member and property: what the system says now, as JSON text
-- (null: the answer has no such member, which says nothing). Where our own write is
-- newer than the newest listing, what the write left behind is the newer word. What was
-- observed under another name of the system is no observation of this one.

with

member_properties as (

    select * from {{ ref('merge_member_properties') }}

),

touched_records as (

    select distinct member_key from member_properties where is_available

),

records as (

    select stg_records.record_key, stg_records.record
    from {{ ref('stg_records') }} as stg_records
    inner join touched_records
        on stg_records.record_key = touched_records.member_key

),

observations as (

    select * from {{ ref('stg_ledger__observations') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

natives as (

    select
        member_properties.*,
        case
            when not member_properties.is_available then null
            when
                record_states.written_at >= member_properties.loaded_at
                and observations.record_key is not null
                then observations.observed
            else {{ json_value_told('records.record', 'member_properties.json_path') }}
        end as native,
        observations.record_key is not null as has_observation,
        observations.observed,
        observations.name as observed_name,
        observations.delivered,
        coalesce(observations.is_delivered, false) as was_delivered,
        coalesce(observations.in_doubt, false) as in_doubt,
        coalesce(
            record_states.stamp_is_ours
            and record_states.change_stamp = member_properties.change_stamp,
            false
        ) as stamp_is_ours
    from member_properties
    left join records on member_properties.member_key = records.record_key
    left join observations
        on
            member_properties.member_key = observations.record_key
            and member_properties.property = observations.property
            and (
                observations.name is null
                or observations.name = member_properties.name
            )
    left join record_states
        on member_properties.member_key = record_states.record_key

)

select * from natives
