-- One row per thing that is not passed on until a person has looked at it: a match that
-- is not the only one, a create or a value that is held, an edit that nothing proves.

with

ambiguous as (

    select * from {{ ref('match_ambiguous') }}

),

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
        'ambiguous_match' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        'It matches several records, or shares a match, in ' || flow || ' (by '
        || matched_by || '): ' || candidate_keys || '.' as message,
        'Link the right pair: lenke link ' || flow || ' ' || source_key
        || ' TARGET. Or make the values differ where they are wrong.' as next_step
    from ambiguous

    union all

    select
        'held_create' as kind,
        held_creates.source_key as record_key,
        cast(null as varchar) as property,
        'Not created in ' || held_creates.flow || ': ' || reasons.meaning
        || coalesce(' (' || held_creates.details || ')', '') || '.' as message,
        reasons.next_step
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
        reasons.next_step
    from held_properties
    inner join reasons on held_properties.held_because = reasons.reason

    union all

    select
        'unconfirmed_edit' as kind,
        unconfirmed.record_key,
        unconfirmed.property,
        'Not believed: ' || reasons.meaning || ' (' || unconfirmed.details || ').'
            as message,
        reasons.next_step
    from unconfirmed
    inner join reasons on reasons.reason = 'unconfirmed_edit'

)

select * from holds
