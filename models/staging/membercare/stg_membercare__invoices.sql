-- One row per Invoice in Membercare. Payer and lines stand in the record as `_derived`.
-- They follow from the record alone, so its hash is enough.

with

source as (

    select * from {{ raw_records('membercare', 'invoices') }}

),

facts as (

    select * from {{ ref('stg_membercare__invoice_facts') }}

),

derived as (

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
        source.loaded_at
    from source
    left join facts on source.record_key = facts.record_key

),

renamed as (

    select
        derived.*,
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$._derived.payer', 'reference') }} as "payer",
        {{ property_column('record', '$.financeDate', 'local_time') }} as "financeDate",
        {{ property_column('record', '$.payDueDate', 'local_time') }} as "payDueDate",
        {{ property_column('record', '$._derived.lines', 'lines') }} as "invoiceItems"
    -- what is written by `lenke columns` ends here
    from derived

)

select * from renamed
