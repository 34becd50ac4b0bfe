-- One row per Contact in CRM-Office that is linked or to be created: what it should
-- hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'crmoffice' and entity = 'contacts'

),

contacts as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('familyName') }} as "familyName",
        {{ agreed_value('givenName') }} as "givenName",
        {{ agreed_value('mobilePhone') }} as "mobilePhone"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from contacts
