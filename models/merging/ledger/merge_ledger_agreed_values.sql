-- One row per star and property whose agreed value is new or has changed: what the
-- deciding transaction of a push writes to the ledger.

with

agreed as (

    select * from {{ ref('merge_agreed') }}

),

changed as (

    select
        source_key,
        property,
        agreed_before as previous_value,
        agreed_value,
        won_by,
        won_at,
        rule
    from agreed
    where not had_agreed or rule not in ('stays', 'ask')

)

select * from changed
