-- One row per star and member: the source record, and each target record linked to it.
-- A member that is not available (its system is down, it is not listed, or it rests) is
-- neither edited nor written in this run, but it will have to wait for what is agreed
-- meanwhile. A star starts with its first link or its first record to create, and lasts
-- until what came over an ended link is put back.

with

links as (

    select * from {{ ref('match_links') }}

),

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

put_back_stars as (

    select * from {{ ref('merge_put_back_stars') }}

),

flows as (

    select * from {{ ref('match_flows') }}

),

present as (

    select * from {{ ref('match_records') }}

),

resting_links as (

    select * from {{ ref('match_resting_links') }}

),

pauses as (

    select * from {{ ref('match_pauses') }}

),

stars as (

    select links.flow, links.source_key from links

    union

    select unlinked_sources.flow, unlinked_sources.source_key from unlinked_sources

    union

    select put_back_stars.flow, put_back_stars.source_key from put_back_stars

),

source_members as (

    select
        stars.source_key,
        stars.source_key as member_key,
        cast(null as varchar) as flow,
        0 as seed_order,
        true as is_source,
        min(flows.source_system) as system_name,
        min(flows.source_entity) as entity,
        false as is_new
    from stars
    inner join flows on stars.flow = flows.flow
    group by stars.source_key

),

target_members as (

    select
        links.source_key,
        links.target_key as member_key,
        links.flow,
        flows.seed_order,
        false as is_source,
        flows.target_system as system_name,
        flows.target_entity as entity,
        links.is_new
    from links
    inner join flows on links.flow = flows.flow

),

all_members as (

    select * from source_members
    union all
    select * from target_members

),

members as (

    select
        all_members.source_key,
        all_members.member_key,
        all_members.flow,
        all_members.seed_order,
        all_members.is_source,
        all_members.system_name,
        all_members.entity,
        all_members.is_new,
        present.record_key is not null
        and resting_links.flow is null
        and pauses.paused is null as is_available,
        resting_links.flow is not null or pauses.paused is not null as is_resting,
        present.record_id,
        present.record_hash,
        present.change_stamp,
        present.record_version,
        present.loaded_at
    from all_members
    left join present on all_members.member_key = present.record_key
    left join resting_links
        on
            all_members.flow = resting_links.flow
            and all_members.source_key = resting_links.source_key
            and all_members.member_key = resting_links.target_key
    left join pauses on all_members.member_key = pauses.paused

)

select * from members
