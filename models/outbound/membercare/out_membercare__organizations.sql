-- One row per Organization in Membercare that is linked: what it should hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'membercare' and entity = 'organizations'

),

organizations as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('name') }} as "name"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from organizations
