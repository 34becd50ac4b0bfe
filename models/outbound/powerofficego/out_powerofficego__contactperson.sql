-- One row per Contactperson in PowerOffice Go that is linked: what it should hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'powerofficego' and entity = 'contactperson'

),

contact_persons as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('FirstName') }} as "FirstName",
        {{ agreed_value('LastName') }} as "LastName",
        {{ agreed_value('emailAddress') }} as "emailAddress",
        {{ agreed_value('PhoneNumber') }} as "PhoneNumber"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from contact_persons
