-- One row per record and value of it that came over a link which a person has ended:
-- what we wrote into the target, and what the source's star has of the target. As long
-- as a record holds such a value it says nothing about who the record is.

with

unlinked_pairs as (

    select flow, source_key, target_key from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

links as (

    select * from {{ ref('stg_ledger__links') }}

),

written_over_links as (

    select * from {{ ref('match_written_over_links') }}

),

agreed_values as (

    select source_key, property, agreed_value, won_by
    from {{ ref('stg_ledger__agreed_values') }}

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}

),

-- The source, and each record that the source's values go to.
in_stars as (

    select
        agreed_values.source_key,
        agreed_values.source_key as record_key,
        cast(null as varchar) as flow,
        agreed_values.property,
        agreed_values.agreed_value
    from unlinked_pairs
    inner join agreed_values
        on
            unlinked_pairs.source_key = agreed_values.source_key
            and unlinked_pairs.target_key = agreed_values.won_by

    union all

    select
        agreed_values.source_key,
        links.target_key as record_key,
        links.flow,
        agreed_values.property,
        agreed_values.agreed_value
    from unlinked_pairs
    inner join agreed_values
        on
            unlinked_pairs.source_key = agreed_values.source_key
            and unlinked_pairs.target_key = agreed_values.won_by
    inner join links
        on
            unlinked_pairs.source_key = links.source_key
            and unlinked_pairs.target_key <> links.target_key
    where links.ended_at is null

),

borrowed as (

    select
        record_key,
        name,
        kind,
        {{ canonical('native', 'kind') }} as borrowed_value
    from written_over_links

    union

    select
        in_stars.record_key,
        mapped_properties.name,
        mapped_properties.kind,
        {{ stored_as(
            'in_stars.agreed_value', 'mapped_properties.stored_as',
            'mapped_properties.max_length'
        ) }} as borrowed_value
    from in_stars
    inner join mapped_properties
        on
            in_stars.property = mapped_properties.property
            and case
                when in_stars.flow is not null
                    then
                        in_stars.flow = mapped_properties.flow
                        and mapped_properties.side = 'target'
                else
                    mapped_properties.side = 'source'
                    and starts_with(
                        in_stars.record_key,
                        {{ record_key(
                            'mapped_properties.system_name', 'mapped_properties.entity',
                            "''"
                        ) }}
                    )
            end

),

keys as (

    select
        record_key,
        name,
        borrowed_value,
        {{ match_key('borrowed_value', 'kind') }} as borrowed_key
    from borrowed
    where borrowed_value is not null

)

select * from keys
