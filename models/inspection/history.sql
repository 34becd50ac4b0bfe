-- One row per change of an agreed value: what it was, what it is, whose it is and by
-- which rule, who typed it, and which writes carried it (what was agreed on when
-- records met has none here: nobody had typed anything).

with

value_history as (

    select * from {{ ref('stg_ledger__value_history') }}

),

records as (

    select record_key, record_name from {{ ref('records') }}

),

writes as (

    select write_id, source_key, delivered, status, intended_at
    from {{ ref('stg_ledger__writes') }}
    where delivered is not null

),

edits as (

    select
        source_key,
        property,
        run_id,
        agreed_at,
        lead(agreed_at) over (
            partition by source_key, property order by agreed_at, run_id
        ) as agreed_until
    from value_history
    where rule <> 'first_meeting'

),

-- In JSON a member's name is followed by a colon, and a quote inside of a text has a
-- backslash before it: only names are met.
carried as (

    select
        edits.source_key,
        edits.property,
        edits.run_id,
        count(*) as writes,
        sum(case when writes.status = 'done' then 1 else 0 end) as writes_done,
        {{ sorted_text_list('writes.write_id', "', '") }} as write_ids
    from edits
    inner join writes
        on
            edits.source_key = writes.source_key
            and edits.agreed_at <= writes.intended_at
            and (
                edits.agreed_until is null or edits.agreed_until > writes.intended_at
            )
    where contains(writes.delivered, '"' || edits.property || '":')
    group by edits.source_key, edits.property, edits.run_id

),

history as (

    select
        value_history.source_key,
        value_history.property,
        value_history.previous_value as value_from,
        value_history.agreed_value as value_to,
        value_history.won_by,
        records.record_name as won_by_name,
        value_history.rule,
        value_history.won_at as typed_at,
        value_history.typed_by,
        value_history.run_id,
        value_history.agreed_at,
        coalesce(carried.writes, 0) as writes,
        cast(coalesce(carried.writes_done, 0) as bigint) as writes_done,
        carried.write_ids
    from value_history
    left join records on value_history.won_by = records.record_key
    left join carried
        on
            value_history.source_key = carried.source_key
            and value_history.property = carried.property
            and value_history.run_id = carried.run_id

)

select * from history
