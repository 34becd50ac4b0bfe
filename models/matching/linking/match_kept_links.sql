-- One row per link of the ledger that is open and stays so. Links are sticky: a rule
-- that stops holding ends none.

with

open_links as (

    select flow, source_key, target_key from {{ ref('stg_ledger__links') }}
    where ended_at is null

),

ended_links as (

    select * from {{ ref('match_ended_links') }}

),

kept as (

    select open_links.*
    from open_links
    left join ended_links
        on
            open_links.flow = ended_links.flow
            and open_links.source_key = ended_links.source_key
            and open_links.target_key = ended_links.target_key
    where ended_links.flow is null

)

select * from kept
