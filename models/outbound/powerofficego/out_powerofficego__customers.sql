-- One row per Customer in PowerOffice Go that is linked: what it should hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'powerofficego' and entity = 'customers'

),

customers as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('Name') }} as "Name",
        {{ agreed_value('OrganizationNumber') }} as "OrganizationNumber",
        {{ agreed_value('EmailAddress') }} as "EmailAddress"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from customers
