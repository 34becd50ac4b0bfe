{{ config(materialized='view') }}

-- One row per key that another record has now, and per new record that looks like one
-- that vanished or left: it may be the same under another key.

with

lost_links as (

    select * from {{ ref('match_lost_links') }}

),

flows as (

    select * from {{ ref('flows') }}

),

reused_ids as (

    select * from {{ ref('match_reused_ids') }}

),

rekeyed as (

    select * from {{ ref('match_rekeyed') }}

),

reused as (

    select
        lost_links.flow,
        lost_links.source_key,
        lost_links.target_key,
        flows.mode,
        reused_ids.record_key,
        reused_ids.evidence
    from lost_links
    inner join flows on lost_links.flow = flows.flow
    inner join reused_ids on lost_links.gone_key = reused_ids.record_key

),

findings as (

    select
        'id_reused' as kind,
        record_key,
        cast(null as varchar) as property,
        'The record with this key was linked in ' || flow || ' and is gone; the one '
        || 'that has the key now is another one (' || evidence || ').' as message,
        'If they belong together all the same: '
        || {{ command('link', ['flow', 'source_key', 'target_key']) }} || '. If not: '
        || {{ command('unlink', ['flow', 'source_key', 'target_key']) }} || case
            when mode = 'create'
                then
                    ', or for a new target record of its own: '
                    || {{ command('create', ['flow', 'source_key']) }}
            else ''
        end as next_step,
        concat_ws(' ', flow, source_key, target_key) as told_apart_by
    from reused

    union all

    select
        'rekeyed' as kind,
        rekeyed.source_key as record_key,
        cast(null as varchar) as property,
        rekeyed.likeness || rekeyed.former_key || case
            when rekeyed.state in ('departed', 'departed_unlinked')
                then ', who has left'
            else ', which has vanished'
        end || ', so nothing is created for it in ' || rekeyed.flow || '.' as message,
        'If it is the same under a new key: ' || case
            when rekeyed.state in ('suspected', 'departed')
                then
                    {{ command('unlink', [
                        'rekeyed.flow', 'rekeyed.former_key', 'rekeyed.target_key'
                    ]) }} || ', then '
            else ''
        end || {{ command(
            'link', ['rekeyed.flow', 'rekeyed.source_key', 'rekeyed.target_key']
        ) }} || '. If it is another one: '
        || {{ command('create', ['rekeyed.flow', 'rekeyed.source_key']) }} as next_step,
        concat_ws(' ', rekeyed.flow, rekeyed.former_key, rekeyed.target_key)
            as told_apart_by
    from rekeyed

)

select * from findings
