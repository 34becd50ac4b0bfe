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

derived as (

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
        source.loaded_at
    from source
    left join means on source.record_key = means.record_key

),

renamed as (

    select
        derived.*,
        -- what follows is written by `lenke columns`, from the seeds
        {{ property_column('record', '$.companyName', 'text') }} as "name",
        {{ property_column('record', '$._derived.email', 'email') }} as "email",
        {{ property_column('record', '$._derived.phone', 'phone') }} as "phone",
        {{ property_column(
            'record',
            '$.businessNumbers.registrationNumberNorwegianCompanyNumber.number',
            'organization_number'
        ) }} as "norwegianCompanyNumber"
    -- what is written by `lenke columns` ends here
    from derived

)

select * from renamed
