-- One row per Activity in CRM-Office that is linked or to be created: what it should
-- hold. Times are in the system's own spelling.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'crmoffice' and entity = 'activities'

),

activities as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('subject') }} as "subject",
        {{ agreed_value('ownerId') }} as "ownerId",
        {{ agreed_value('startsAt') }} as "startsAt",
        {{ agreed_value('endsAt') }} as "endsAt"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from activities
