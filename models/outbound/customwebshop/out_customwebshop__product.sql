-- One row per Product in customwebshop that is linked or to be created: what it should
-- hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'customwebshop' and entity = 'product'

),

products as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('name') }} as "name",
        {{ agreed_value('vatRate') }} as "vatRate",
        {{ agreed_value('active') }} as "active"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from products
