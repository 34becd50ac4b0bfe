{{ config(materialized='view') }}

-- One row per flow and source record that gets no target record now because somebody
-- has chosen so; in a flow that rests that is everybody without a link (`source_key` is
-- null).

with

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}
    where outcome in ('excluded', 'resting', 'before_start')

),

resting_flows as (

    select * from {{ ref('match_resting_flows') }}

),

left_out as (

    select flow, source_key from unlinked_sources

    union all

    select flow, cast(null as varchar) as source_key from resting_flows

)

select * from left_out
