-- One row per Customer in customwebshop. A tombstone counts as deleted.

with

source as (

    select * from {{ raw_records('customwebshop', 'customer') }}

),

renamed as (

    select
        record_key,
        system_name,
        entity,
        record_id,
        record,
        record_hash,
        {{ utc_stamp(json_text('record', "'$.updatedAt'")) }} as change_stamp,
        {{ json_text('record', "'$.version'") }} as record_version,
        {{ json_text('record', "'$.deletedAt'") }} is not null as is_deleted,
        listing_id,
        loaded_at,
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.name', 'text') }} as "name",
        {{ property_column('record', '$.email', 'email') }} as "email",
        {{ property_column('record', '$.phone', 'phone') }} as "phone",
        {{ property_column('record', '$.organizationNumber', 'organization_number') }}
            as "organizationNumber",
        {{ property_column('record', '$.externalReference', 'identifier') }}
            as "externalReference",
        {{ property_column('record', '$.billingAddress.line1', 'text') }}
            as "billingAddress.line1",
        {{ property_column('record', '$.billingAddress.postalCode', 'text') }}
            as "billingAddress.postalCode",
        {{ property_column('record', '$.billingAddress.city', 'text') }}
            as "billingAddress.city"
    -- what is written by `lenke columns` ends here
    from source

)

select * from renamed
