{{ config(materialized='view') }}

-- One row per target record whose source is gone and that would be deleted, but was
-- edited and is kept, or could not be deleted.

with

orphaned_targets as (

    select * from {{ ref('outbound_orphaned_targets') }}
    where policy = 'delete'

),

refused_deletes as (

    select distinct
        candidates.flow,
        candidates.source_key,
        payloads.refused_with,
        payloads.payload_hash as refusal_id
    from {{ ref('outbound_candidates') }} as candidates
    inner join {{ ref('outbound_payloads') }} as payloads
        on candidates.write_key = payloads.write_key
    where candidates.operation = 'delete' and payloads.is_held_back

),

findings as (

    select
        'kept_after_edit' as kind,
        target_key as record_key,
        cast(null as varchar) as property,
        source_key || ' is gone, and ' || flow || ' would delete this record, but '
        || edited_names || ' was edited. It is kept.' as message,
        'Delete it where it is, or leave it. To put this aside: '
        || {{ command('unlink', ['flow', 'source_key', 'target_key']) }} as next_step,
        concat_ws(' ', flow, source_key) as told_apart_by
    from orphaned_targets
    where edited_names is not null

    union all

    select
        'delete_refused' as kind,
        orphaned_targets.target_key as record_key,
        cast(null as varchar) as property,
        orphaned_targets.source_key || ' is gone, but the system would not delete this '
        || 'record: ' || coalesce(refused_deletes.refused_with, 'without a reason')
        || '.' as message,
        'Delete it where it is. It is tried again now and then; to stop that: '
        || {{ command('unlink', [
            'orphaned_targets.flow', 'orphaned_targets.source_key',
            'orphaned_targets.target_key'
        ]) }} as next_step,
        refused_deletes.refusal_id as told_apart_by
    from orphaned_targets
    inner join refused_deletes
        on
            orphaned_targets.flow = refused_deletes.flow
            and orphaned_targets.source_key = refused_deletes.source_key

)

select * from findings
