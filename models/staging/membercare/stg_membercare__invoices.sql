-- One row per Invoice in Membercare. Payer and lines stand in the record as `_derived`.
-- They follow from the record alone, so its hash is enough.

with

source as (

    select * from {{ raw_records('membercare', 'invoices') }}

),

facts as (

    select * from {{ ref('stg_membercare__invoice_facts') }}

),

renamed as (

    select
        source.record_key,
        source.system_name,
        source.entity,
        source.record_id,
        {{ json_with('source.record', 'facts.derived_facts') }} as record,
        source.record_hash,
        cast(null as timestamp) as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        source.listing_id,
        source.loaded_at,
        facts.payer as "payer",
        {{ as_local_time(json_text('source.record', "'$.financeDate'")) }}
            as "financeDate",
        {{ as_local_time(json_text('source.record', "'$.payDueDate'")) }}
            as "payDueDate",
        facts.lines as "invoiceItems"
    from source
    left join facts on source.record_key = facts.record_key

)

select * from renamed
