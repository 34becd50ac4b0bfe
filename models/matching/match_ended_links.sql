-- One row per link that ends now, because a person unlinked the pair.

with

open_links as (

    select * from {{ ref('stg_ledger__links') }}
    where ended_at is null

),

unlinked_pairs as (

    select * from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

ended as (

    select
        open_links.flow,
        open_links.source_key,
        open_links.target_key,
        'unlinked by ' || coalesce(unlinked_pairs.decided_by, 'a person')
        || coalesce(': ' || unlinked_pairs.reason, '') as ended_because
    from open_links
    inner join unlinked_pairs
        on
            open_links.flow = unlinked_pairs.flow
            and open_links.source_key = unlinked_pairs.source_key
            and open_links.target_key = unlinked_pairs.target_key

)

select * from ended
