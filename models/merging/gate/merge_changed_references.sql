-- One row per flow and source record whose link starts or ends now. What was delivered
-- through such a link no longer stands for anything.

with

new_links as (

    select flow, source_key from {{ ref('match_new_links') }}

),

ended_links as (

    select flow, source_key from {{ ref('match_ended_links') }}

),

changed as (

    select flow, source_key from new_links

    union

    select flow, source_key from ended_links

)

select * from changed
