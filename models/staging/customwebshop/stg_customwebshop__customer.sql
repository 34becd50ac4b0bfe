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
        {{ json_text('record', "'$.name'") }} as "name",
        {{ json_text('record', "'$.email'") }} as "email",
        {{ json_text('record', "'$.phone'") }} as "phone",
        {{ json_text('record', "'$.organizationNumber'") }} as "organizationNumber",
        {{ json_text('record', "'$.externalReference'") }} as "externalReference",
        {{ json_text('record', "'$.billingAddress.line1'") }} as "billingAddress.line1",
        {{ json_text('record', "'$.billingAddress.postalCode'") }}
            as "billingAddress.postalCode",
        {{ json_text('record', "'$.billingAddress.city'") }} as "billingAddress.city"
    from source

)

select * from renamed
