-- One row per star and property whose agreed value is new or has changed: what the
-- deciding transaction of a push writes to the ledger. `typed_by`: who has changed the
-- record whose value it is, by its system's own word. Of a stamp that is no person's
-- (`won_at` is empty then), and of records that meet, nobody can tell.

with

agreed as (

    select * from {{ ref('merge_agreed') }}

),

records as (

    select record_key, system_name, entity, record from {{ ref('stg_records') }}

),

editors as (

    select system_name, entity, editor_path from {{ ref('entities') }}
    where editor_path is not null

),

changed as (

    select
        source_key,
        property,
        agreed_before as previous_value,
        agreed_value,
        won_by,
        won_at,
        rule,
        case when won_at is not null and rule <> 'first_meeting' then won_by end
            as edited_key
    from agreed
    where not had_agreed or rule not in ('stays', 'ask')

),

with_editor as (

    select
        changed.source_key,
        changed.property,
        changed.previous_value,
        changed.agreed_value,
        changed.won_by,
        changed.won_at,
        changed.rule,
        {{ json_text('records.record', 'editors.editor_path') }} as typed_by
    from changed
    left join records on changed.edited_key = records.record_key
    left join editors
        on
            records.system_name = editors.system_name
            and records.entity = editors.entity

)

select * from with_editor
