{{ config(materialized="view") }}

-- One row per linked or to-be-created record and mapped property: the plain text that
-- the system should hold (null: empty). References show the linked record's id, and are
-- null while there is no link. What out_ models are shaped from.

with

links as (

    select flow, source_key, target_key from {{ ref('match_links') }}

),

to_create as (

    select flow, source_key from {{ ref('match_unlinked_sources') }}
    where outcome = 'to_create'

),

mapped_properties as (

    select * from {{ ref('stg_seeds__mapped_properties') }}

),

creates as (

    select * from {{ ref('outbound_creates') }}

),

ledger_values as (

    select source_key, property, agreed_value
    from {{ ref('match_agreed_memories') }}

),

agreed as (

    select source_key, property, agreed_value from {{ ref('merge_agreed') }}

),

agreed_values as (

    select
        coalesce(agreed.source_key, ledger_values.source_key) as source_key,
        coalesce(agreed.property, ledger_values.property) as property,
        case
            when agreed.source_key is not null then agreed.agreed_value
            else ledger_values.agreed_value
        end as agreed_value
    from ledger_values
    full outer join agreed
        on
            ledger_values.source_key = agreed.source_key
            and ledger_values.property = agreed.property

),

records as (

    select
        mapped_properties.flow,
        links.source_key,
        case
            when mapped_properties.side = 'source' then links.source_key
            else links.target_key
        end as record_key,
        mapped_properties.side,
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.property,
        mapped_properties.name,
        mapped_properties.kind,
        mapped_properties.stored_as,
        mapped_properties.max_length,
        mapped_properties.through_flow
    from links
    inner join mapped_properties on links.flow = mapped_properties.flow
    where mapped_properties.direction in ('both', 'forward')

    union all

    select
        mapped_properties.flow,
        to_create.source_key,
        cast(null as varchar) as record_key,
        mapped_properties.side,
        mapped_properties.system_name,
        mapped_properties.entity,
        mapped_properties.property,
        mapped_properties.name,
        mapped_properties.kind,
        mapped_properties.stored_as,
        mapped_properties.max_length,
        mapped_properties.through_flow
    from to_create
    inner join mapped_properties on to_create.flow = mapped_properties.flow
    where mapped_properties.side = 'target'

),

valued as (

    select
        records.flow,
        records.source_key,
        records.system_name,
        records.entity,
        {{ record_id_of('records.record_key') }} as record_id,
        records.record_key is not null as is_linked,
        records.name,
        case
            when records.kind = 'reference' and records.side = 'source'
                then {{ record_id_of('agreed_values.agreed_value') }}
            when records.kind = 'reference'
                then {{ record_id_of('referred.target_key') }}
            when records.record_key is null then creates.value_to_store
            else
                {{ stored_as(
                    'agreed_values.agreed_value', 'records.stored_as',
                    'records.max_length'
                ) }}
        end as target_value
    from records
    left join agreed_values
        on
            records.source_key = agreed_values.source_key
            and records.property = agreed_values.property
    left join creates
        on
            records.record_key is null
            and records.flow = creates.flow
            and records.source_key = creates.source_key
            and records.name = creates.name
    left join links as referred
        on
            records.through_flow = referred.flow
            and agreed_values.agreed_value = referred.source_key

)

select * from valued
