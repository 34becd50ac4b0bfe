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
        {{ agreed_value('subject') }} as "subject",
        {{ agreed_value('ownerId') }} as "ownerId",
        {{ agreed_value('startsAt') }} as "startsAt",
        {{ agreed_value('endsAt') }} as "endsAt"
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from activities
