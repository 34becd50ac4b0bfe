-- One row per target record whose source is gone and that its flow's policy has deleted
-- or set inactive, once. An edit beats a delete: `edited_names` says what is not as we
-- last observed it. A policy counts for the links that end while it stands, and as long
-- as it stands. What rests is left alone.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where gone_key = source_key and ended_policy in ('delete', 'deactivate')

),

lost_values as (

    select * from {{ ref('match_lost_values') }}
    where is_edited and not is_source

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

present as (

    select * from {{ ref('match_records') }}

),

record_states as (

    select * from {{ ref('stg_ledger__record_states') }}

),

resting_records as (

    select * from {{ ref('match_resting_records') }}

),

links as (

    select target_key from {{ ref('match_links') }}

),

writes as (

    select
        {{ record_key('system_name', 'entity', 'record_id') }} as record_key,
        max(settled_at) as settled_at
    from {{ ref('stg_ledger__writes') }}
    where status = 'done' and operation <> 'create'
    group by system_name, entity, record_id

),

edited as (

    select
        flow,
        source_key,
        target_key,
        {{ sorted_text_list('name', "', '") }} as edited_names
    from lost_values
    group by flow, source_key, target_key

),

orphaned_targets as (

    select
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        lost_links.ended_policy as policy,
        case
            when record_states.written_at >= targets.loaded_at
                then record_states.record_version
            else targets.record_version
        end as record_version,
        case
            when edited.edited_names is not null then edited.edited_names
            when
                record_states.written_at >= targets.loaded_at
                or targets.record_hash = record_states.content_hash
                or (
                    record_states.stamp_is_ours
                    and record_states.change_stamp = targets.change_stamp
                )
                then null
            else 'something that no flow keeps in step'
        end as edited_names
    from lost_links
    inner join flows
        on
            lost_links.flow = flows.flow
            and lost_links.ended_policy = flows.on_source_gone
    inner join present as targets on lost_links.target_key = targets.record_key
    left join present as sources on lost_links.source_key = sources.record_key
    left join resting_records
        on
            lost_links.flow = resting_records.flow
            and lost_links.target_key = resting_records.record_key
    left join links on lost_links.target_key = links.target_key
    left join record_states on lost_links.target_key = record_states.record_key
    left join writes on lost_links.target_key = writes.record_key
    left join edited
        on
            lost_links.flow = edited.flow
            and lost_links.source_key = edited.source_key
            and lost_links.target_key = edited.target_key
    where
        sources.record_key is null
        and resting_records.flow is null
        and links.target_key is null
        and not coalesce(writes.settled_at >= lost_links.ended_at, false)

)

select * from orphaned_targets
