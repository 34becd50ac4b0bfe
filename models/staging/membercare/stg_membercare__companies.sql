-- One row per Company in Membercare. E-mail and phone are its contacts in force. They
-- stand in the record as `_derived`, and count in its hash, because a contact may come
-- into force without any change of the record.

with

source as (

    select * from {{ raw_records('membercare', 'companies') }}

),

means as (

    select * from {{ ref('stg_membercare__company_means') }}

),

renamed as (

    select
        source.record_key,
        source.system_name,
        source.entity,
        source.record_id,
        case
            when means.derived_facts is null then source.record
            else {{ json_with('source.record', 'means.derived_facts') }}
        end as record,
        {{ text_digest("source.record_hash || coalesce(means.derived_facts, '')") }}
            as record_hash,
        {{ oslo_stamp(json_text('source.record', "'$.lastChange'")) }} as change_stamp,
        cast(null as varchar) as record_version,
        false as is_deleted,
        source.listing_id,
        source.loaded_at,
        {{ json_text('source.record', "'$.companyName'") }} as "name",
        means.email as "email",
        means.phone as "phone",
        {{ json_text(
            'source.record',
            "'$.businessNumbers.registrationNumberNorwegianCompanyNumber.number'"
        ) }} as "norwegianCompanyNumber"
    from source
    left join means on source.record_key = means.record_key

)

select * from renamed
