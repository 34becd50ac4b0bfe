-- One row per target whose link a person has ended and property: what we wrote into it
-- last over that link. What was written since (it may have got its own back) is not of
-- it.

with

unlinked_pairs as (

    select flow, source_key, target_key from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

links as (

    select * from {{ ref('stg_ledger__links') }}

),

writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where status = 'done' and operation in ('create', 'update')

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}

),

written as (

    select
        links.target_key as record_key,
        mapped_properties.name,
        mapped_properties.kind,
        {{ json_value(
            'writes.properties_after', named_path('mapped_properties.name')
        ) }} as native,
        writes.intended_at
    from unlinked_pairs
    inner join links
        on
            unlinked_pairs.flow = links.flow
            and unlinked_pairs.source_key = links.source_key
            and unlinked_pairs.target_key = links.target_key
    inner join writes on {{ written_over('links', 'writes') }}
    inner join mapped_properties
        on
            links.flow = mapped_properties.flow
            and mapped_properties.side = 'target'

),

newest as (

    select
        record_key,
        name,
        kind,
        {{ newest('native', 'intended_at') }} as native
    from written
    where native is not null
    group by record_key, name, kind

)

select * from newest
