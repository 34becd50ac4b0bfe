-- One row per touched star, member and property: what the system says now, as JSON text
-- (null: not told). An answer that has no such member says nothing (`is_missing`): what
-- was empty is empty still, and so is what nothing was ever seen in; what held a value
-- is not told. Where our own write is newer than the newest listing, what the write
-- left behind is the newer word. What was observed under a key that another record has
-- now is no memory of that record, nor is what was observed under another name of the
-- system one of this property. `is_proven` says that the record is surely newer than
-- what was seen last: by its version, by its stamp (by more than the doubt about the
-- system's clock: `is_newer`), or because it was read singly and bears no older stamp:
-- a system that finds one record by a filter on its list can answer with an old page.
-- (An answer to our own write that bears one is no edit anyway.) `stamp_is_ahead`: its
-- stamp is one of the future.

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

    select observations.*
    from {{ ref('stg_ledger__observations') }} as observations
    left join {{ ref('match_reused_ids') }} as reused_ids
        on observations.record_key = reused_ids.record_key
    where reused_ids.record_key is null

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

entities as (

    select system_name, entity, clock_uncertainty_s from {{ ref('entities') }}

),

single_reads as (

    select record_key, read_at from {{ ref('stg_run__single_reads') }}
    where outcome = 'found'

),

-- A record that we made and have not looked at since, and that somebody has changed:
-- what we left empty there was empty.
edited_since_made as (

    select distinct member_properties.member_key
    from member_properties
    inner join record_states
        on member_properties.member_key = record_states.record_key
    where
        record_states.content_hash is null
        and record_states.stamp_is_ours
        and record_states.written_at < member_properties.loaded_at
        and record_states.change_stamp < member_properties.change_stamp

),

told as (

    select
        member_properties.*,
        case
            when not member_properties.is_available then null
            when
                record_states.written_at >= member_properties.loaded_at
                and observations.record_key is not null
                then observations.observed
            else {{ json_value_told('records.record', 'member_properties.json_path') }}
        end as told_native,
        observations.record_key is not null
        or edited_since_made.member_key is not null as has_observation,
        case
            when observations.record_key is not null then observations.observed
            when edited_since_made.member_key is not null then 'null'
        end as observed,
        observations.name as observed_name,
        observations.delivered,
        coalesce(
            observations.is_delivered, edited_since_made.member_key is not null
        ) as was_delivered,
        coalesce(observations.awaits_answer, false) as awaits_answer,
        coalesce(observations.in_doubt, false) as in_doubt,
        coalesce(
            record_states.stamp_is_ours
            and record_states.change_stamp = member_properties.change_stamp,
            false
        ) as stamp_is_ours,
        {{ is_ahead(
            'member_properties.change_stamp', 'member_properties.loaded_at',
            'entities.clock_uncertainty_s'
        ) }} as stamp_is_ahead,
        {{ is_ahead(
            'record_states.change_stamp',
            'greatest(member_properties.loaded_at, record_states.written_at)',
            'entities.clock_uncertainty_s + 86400'
        ) }} as known_stamp_is_ahead,
        coalesce(single_reads.read_at >= member_properties.loaded_at, false)
            as is_read_singly,
        coalesce(member_properties.change_stamp < record_states.change_stamp, false)
            as is_before_known,
        {{ as_number('member_properties.record_version') }}
        > {{ as_number('record_states.record_version') }} as has_newer_version,
        {{ seconds_between(
            'record_states.change_stamp', 'member_properties.change_stamp'
        ) }} > entities.clock_uncertainty_s as has_newer_stamp
    from member_properties
    inner join entities
        on
            member_properties.system_name = entities.system_name
            and member_properties.entity = entities.entity
    left join records on member_properties.member_key = records.record_key
    left join observations
        on
            member_properties.member_key = observations.record_key
            and member_properties.property = observations.property
            and (
                observations.name is null
                or member_properties.name = observations.name
            )
    left join record_states
        on member_properties.member_key = record_states.record_key
    left join single_reads
        on member_properties.member_key = single_reads.record_key
    left join edited_since_made
        on member_properties.member_key = edited_since_made.member_key

),

-- A stamp of the future proves nothing. One that is known makes no record older: the
-- clock has been put right since. (One that is a little fast orders its own rightly.)
dated as (

    select
        told.*,
        is_before_known and not known_stamp_is_ahead as is_older_than_known,
        coalesce(has_newer_version, has_newer_stamp and not stamp_is_ahead, false)
            as is_newer
    from told

),

-- A list or an object where a single value belongs tells no value.
natives as (

    select
        dated.*,
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
        and not {{ is_single_value('told_native') }} as is_unreadable,
        is_newer
        or (is_read_singly and (awaits_answer or not is_older_than_known)) as is_proven
    from dated

)

select * from natives
