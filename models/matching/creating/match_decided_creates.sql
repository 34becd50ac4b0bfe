-- One row per flow and source record that a person wants to have a target record of its
-- own (`lenke create`), until it has one: a link or a create of ours since then has
-- carried it out. A later `lenke link` outranks it.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}

),

ledger_links as (

    select * from {{ ref('stg_ledger__links') }}

),

writes as (

    select * from {{ ref('stg_ledger__writes') }}
    where operation = 'create' and status in ('done', 'gone')

),

newest as (

    select
        flow,
        source_key,
        max(case when kind = 'create' then decided_at end) as decided_at,
        max(case when kind = 'link' then decided_at end) as linked_at
    from decisions
    where kind in ('create', 'link')
    group by flow, source_key

),

carried_out as (

    select
        newest.flow,
        newest.source_key
    from newest
    inner join ledger_links
        on
            newest.flow = ledger_links.flow
            and newest.source_key = ledger_links.source_key
    where ledger_links.established_at >= newest.decided_at

    union

    select
        newest.flow,
        newest.source_key
    from newest
    inner join writes
        on
            newest.flow = writes.flow
            and newest.source_key = writes.source_key
    where writes.intended_at >= newest.decided_at

),

decided_creates as (

    select
        newest.flow,
        newest.source_key,
        newest.decided_at
    from newest
    left join carried_out
        on
            newest.flow = carried_out.flow
            and newest.source_key = carried_out.source_key
    where
        newest.decided_at is not null
        and (newest.linked_at is null or newest.decided_at > newest.linked_at)
        and carried_out.flow is null

)

select * from decided_creates
