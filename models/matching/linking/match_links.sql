-- One row per link that is in force in this run: kept from the ledger, or new.

with

kept_links as (

    select * from {{ ref('match_kept_links') }}

),

new_links as (

    select * from {{ ref('match_new_links') }}

),

links as (

    select flow, source_key, target_key, false as is_new
    from kept_links

    union all

    select flow, source_key, target_key, true as is_new
    from new_links

)

select * from links
