-- One row per touched star and flow that it takes part in: by a link, by a record that
-- is to be created, or by an ended link whose values are to be put back.

with

touched_stars as (

    select * from {{ ref('merge_touched_stars') }}

),

links as (

    select flow, source_key from {{ ref('match_links') }}

),

to_create as (

    select flow, source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

put_back_stars as (

    select flow, source_key from {{ ref('merge_put_back_stars') }}

),

taking_part as (

    select * from links
    union
    select * from to_create
    union
    select * from put_back_stars

),

star_flows as (

    select taking_part.source_key, taking_part.flow
    from taking_part
    inner join touched_stars on taking_part.source_key = touched_stars.source_key

)

select * from star_flows
