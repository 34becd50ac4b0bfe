-- One row per Order in customwebshop that is linked or to be created: what it should
-- hold. Dates are in the system's own spelling.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'customwebshop' and entity = 'order'

),

orders as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('customerId') }} as "customerId",
        {{ agreed_value('orderDate') }} as "orderDate",
        {{ agreed_value('dueDate') }} as "dueDate",
        {{ agreed_value('lines') }} as "lines"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from orders
