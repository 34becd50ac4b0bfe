{{ config(materialized='view') }}

-- One row per flow and source record that somebody may be back from under another key:
-- it says that whom it is about has left (`departed`, or `departed_unlinked` when a
-- person has unlinked it), or it has vanished (the state of its lost link).

with

departed_pairs as (

    select * from {{ ref('match_departed_pairs') }}

),

lost_links as (

    select * from {{ ref('match_lost_links') }}
    where gone_key = source_key

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active and mode = 'create'

),

present as (

    select record_key from {{ ref('match_records') }}

),

formers as (

    select
        flow,
        source_key as former_key,
        target_key,
        case when is_linked then 'departed' else 'departed_unlinked' end as state,
        cast(null as timestamp) as ended_at
    from departed_pairs

    union all

    select
        lost_links.flow,
        lost_links.source_key as former_key,
        lost_links.target_key,
        lost_links.state,
        lost_links.ended_at
    from lost_links
    inner join flows on lost_links.flow = flows.flow
    left join present on lost_links.source_key = present.record_key
    where present.record_key is null

)

select * from formers
