-- One row per touched star, member and property: what the system says now, as JSON
-- text (null: not told), beside what it said when it was last believed. An answer
-- that has no such member says nothing (`is_missing`): what was empty is empty
-- still, and so is what nothing was ever seen in; what held a value is not told.
-- Where our own write is newer than the newest listing, what the write left behind
-- is the newer word. What was observed under another name of the system is no memory
-- of this property. `is_proven`: the record is surely newer than what was seen
-- last (merge_proofs), or was read singly and bears no older stamp: a system that
-- finds one record by a filter on its list can answer with an old page. (An answer
-- to our own write that bears one is no edit anyway.) `doubt`: it was observed by an
-- old ledger; `ours`: nobody has touched the record since we wrote it; `open`:
-- somebody may have.

with

member_properties as (

    select * from {{ ref('merge_member_properties') }}

),

proofs as (

    select * from {{ ref('merge_proofs') }}

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

    select * from {{ ref('match_memories') }}

),

told as (

    select
        member_properties.source_key,
        member_properties.member_key,
        member_properties.property,
        member_properties.property_group,
        member_properties.system_name,
        member_properties.entity,
        member_properties.name,
        member_properties.seed_order,
        member_properties.is_source,
        member_properties.is_available,
        member_properties.direction,
        member_properties.through_flow,
        member_properties.kind,
        member_properties.star_kind,
        member_properties.reads_empty,
        member_properties.stored_as,
        member_properties.max_length,
        case
            when not member_properties.is_available then null
            when proofs.outdates_listing and observations.record_key is not null
                then observations.observed
            else {{ json_value_told('records.record', 'member_properties.json_path') }}
        end as told_native,
        observations.record_key is not null or proofs.is_edited_since_made
            as has_observation,
        -- What we left empty in a record that we made was empty.
        case
            when observations.record_key is not null then observations.observed
            when proofs.is_edited_since_made then 'null'
        end as observed,
        observations.name as observed_name,
        observations.delivered,
        coalesce(observations.is_delivered, proofs.is_edited_since_made)
            as was_delivered,
        coalesce(observations.awaits_answer, false) as awaits_answer,
        case
            when observations.in_doubt and proofs.stamp_is_ours then 'ours'
            when observations.in_doubt then 'open'
        end as doubt,
        proofs.edited_at,
        proofs.is_newer
        or (
            proofs.is_read_singly
            and (
                coalesce(observations.awaits_answer, false)
                or not proofs.is_older_than_known
            )
        ) as is_proven
    from member_properties
    inner join proofs on member_properties.member_key = proofs.member_key
    left join records on member_properties.member_key = records.record_key
    left join observations
        on
            member_properties.member_key = observations.record_key
            and member_properties.property = observations.property
            and member_properties.name
            = coalesce(observations.name, member_properties.name)

),

-- A list or an object where a single value belongs tells no value.
natives as (

    select
        told.*,
        is_available and told_native is null as is_missing,
        case
            when
                is_available
                and told_native is null
                and {{ trimmed(json_text('observed', "'$'")) }} is null
                then coalesce(observed, 'null')
            when kind = 'lines' or {{ is_single_value('told_native') }} then told_native
        end as shown_native,
        kind <> 'lines'
        and not {{ is_single_value('told_native') }} as is_unreadable
    from told

)

select * from natives
