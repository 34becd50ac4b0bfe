-- One row per Project in custompms that is linked or to be created: what it should
-- hold. Dates are in the system's own spelling.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'custompms' and entity = 'project'

),

projects as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('number') }} as "number",
        {{ agreed_value('name') }} as "name",
        {{ agreed_value('customerId') }} as "customerId",
        {{ agreed_value('startDate') }} as "startDate",
        {{ agreed_value('endDate') }} as "endDate"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from projects
