-- One row per flow, side, record and property, in a recovery only: what all spellings
-- of the value have in common, cut and lowered by the rules of both sides, so that a
-- copy equals the whole. References are left out: they can be told only when what they
-- name is linked. A value that came over a link which a person has ended proves
-- nothing.

with

recovery as (

    select * from {{ ref('match_recovery') }}

),

mapped as (

    select * from {{ ref('stg_seeds__mapped_properties') }}
    where direction in ('both', 'forward') and kind <> 'reference'

),

flows as (

    select * from {{ ref('match_flows') }}
    where is_active

),

present as (

    select record_key, system_name, entity from {{ ref('match_records') }}

),

records as (

    select record_key, record from {{ ref('stg_records') }}

),

kinds as (

    select kind, identifies from {{ ref('kinds') }}

),

borrowed_values as (

    select * from {{ ref('match_borrowed_values') }}

),

own_sides as (

    select
        own.*,
        other.stored_as as other_stored_as,
        other.max_length as other_max_length
    from mapped as own
    inner join mapped as other
        on
            own.flow = other.flow
            and own.property = other.property
            and own.side <> other.side
    inner join flows on own.flow = flows.flow
    cross join recovery

),

in_our_spelling as {{ once() }} (

    select
        own_sides.*,
        present.record_key,
        {{ canonical(
            json_value_told('records.record', 'own_sides.json_path'),
            'own_sides.kind'
        ) }} as canonical_value
    from own_sides
    inner join present
        on
            own_sides.system_name = present.system_name
            and own_sides.entity = present.entity
    inner join records on present.record_key = records.record_key

),

worded as (

    select
        in_our_spelling.*,
        {{ in_star_words('canonical_value', 'stored_as') }} as value_for_star
    from in_our_spelling

),

stored as (

    select
        worded.*,
        {{ stored_as('value_for_star', 'stored_as', 'max_length') }} as stored_value
    from worded

),

stored_by_both as (

    select
        stored.*,
        {{ stored_as('stored_value', 'other_stored_as', 'other_max_length') }}
            as stored_by_both
    from stored

),

judged as (

    select
        stored_by_both.*,
        borrowed_values.record_key is null
        and {{ is_possible('canonical_value', 'kind') }} as is_possible,
        {{ common_spelling('stored_by_both', 'kind') }} as compared_value
    from stored_by_both
    left join borrowed_values
        on
            stored_by_both.record_key = borrowed_values.record_key
            and stored_by_both.name = borrowed_values.name
            and stored_by_both.canonical_value = borrowed_values.borrowed_value

),

comparable as (

    select
        judged.flow,
        judged.side,
        judged.record_key,
        judged.property,
        kinds.identifies and judged.is_possible as tells_apart,
        judged.is_possible,
        judged.compared_value
    from judged
    inner join kinds on judged.kind = kinds.kind

)

select * from comparable
