-- One row per Customer in custompms that is linked or to be created: what it should
-- hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'custompms' and entity = 'customer'

),

customers as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('name') }} as "name",
        {{ agreed_value('email') }} as "email",
        {{ agreed_value('phone') }} as "phone",
        {{ agreed_value('organizationNumber') }} as "organizationNumber",
        {{ agreed_value('address.line1') }} as "address.line1",
        {{ agreed_value('address.postalCode') }} as "address.postalCode",
        {{ agreed_value('address.city') }} as "address.city"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from customers
