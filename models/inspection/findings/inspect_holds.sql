-- One row per thing that is not passed on until a person has looked at it: a create or
-- a value that is held, an edit that nothing proves.

with

held_creates as (

    select * from {{ ref('inspect_held_creates') }}
    where held_because <> 'recovery'

),

held_properties as (

    select * from {{ ref('inspect_held_properties') }}

),

unconfirmed as (

    select * from {{ ref('inspect_unconfirmed') }}

),

reasons as (

    select * from {{ ref('reasons') }}

),

holds as (

    select
        'held_create' as kind,
        held_creates.source_key as record_key,
        cast(null as varchar) as property,
        'Not created in ' || held_creates.flow || ': ' || reasons.meaning
        || coalesce(' (' || held_creates.details || ')', '') || '.' as message,
        replace(
            replace(
                replace(
                    replace(
                        reasons.next_step, 'REFUSAL',
                        coalesce(held_creates.told_apart_by, '')
                    ),
                    'FLOW', held_creates.flow
                ),
                'SOURCE', {{ shell_word('held_creates.source_key') }}
            ),
            'LINK', coalesce({{ command('link', [
                'held_creates.flow', 'held_creates.source_key',
                "split_part(held_creates.details, ', ', 1)"
            ]) }}, 'link the two')
        ) as next_step,
        concat_ws(
            ' ',
            nullif(held_creates.held_because, 'refused'),
            held_creates.told_apart_by
        ) as told_apart_by
    from held_creates
    inner join reasons on held_creates.held_because = reasons.reason
    where held_creates.held_because not in ('rekeyed', 'id_reused')

    union all

    select
        'held_' || held_properties.held_because as kind,
        held_properties.record_key,
        held_properties.property,
        'Not passed on: ' || reasons.meaning || ' ('
        || coalesce(held_properties.details, '') || ').' as message,
        replace(
            reasons.next_step, 'REFUSAL', coalesce(held_properties.told_apart_by, '')
        ) as next_step,
        held_properties.told_apart_by
    from held_properties
    inner join reasons on held_properties.held_because = reasons.reason

    union all

    select
        'unconfirmed_edit' as kind,
        unconfirmed.record_key,
        unconfirmed.property,
        'Not believed: ' || reasons.meaning || ' (' || unconfirmed.details || ').'
            as message,
        reasons.next_step,
        cast(null as varchar) as told_apart_by
    from unconfirmed
    inner join reasons on reasons.reason = 'unconfirmed_edit'

)

select * from holds
