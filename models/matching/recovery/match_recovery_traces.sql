-- One row per flow and pair of records that this ledger knows nothing of, although
-- Lenke itself wrote the source's key into the target: what a ledger that is lost by
-- now has created. A reference that anybody may have typed is no trace.

with

bearers as (

    select * from {{ ref('match_bearers') }}
    where is_verified

),

decided as (

    select distinct flow, source_key from {{ ref('match_decisions') }}

),

-- A contract keeps references unique; where one is not, it proves nothing.
counted as (

    select
        bearers.flow,
        bearers.source_key,
        bearers.target_key,
        count(*) over (
            partition by bearers.flow, bearers.source_key
        ) as bearers_of_source
    from bearers
    left join decided
        on
            bearers.flow = decided.flow
            and bearers.source_key = decided.source_key
    where decided.flow is null

),

unique_traces as (

    select flow, source_key, target_key from counted where bearers_of_source = 1

)

select * from unique_traces
