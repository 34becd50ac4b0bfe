-- One row per flow, combination, side and record: the text that the two sides of a
-- combination are compared by, and the words for it (never a national id, nor its
-- hash). A record that lacks one property of the combination, or holds no possible
-- value there, has no row: empty never matches. Nor does a value that came over a link
-- which a person has ended: it says who somebody else is.

with

parts as (

    select * from {{ ref('match_key_parts') }}

),

borrowed_values as (

    select distinct record_key, name, borrowed_key
    from {{ ref('match_borrowed_values') }}

),

own_parts as (

    select parts.*
    from parts
    left join borrowed_values
        on
            parts.record_key = borrowed_values.record_key
            and parts.property = borrowed_values.name
            and parts.part_key = borrowed_values.borrowed_key
    where borrowed_values.record_key is null

),

keys as (

    select
        flow,
        combination,
        side,
        record_key,
        {{ sorted_text_list(
            "part || '=' || " ~ json_quoted('part_key'), "'|'"
        ) }} as match_key,
        {{ sorted_text_list(shown_value('part_key', 'kind'), "' and '") }} as shown
    from own_parts
    group by flow, combination, side, record_key
    having count(part_key) = max(parts)

)

select * from keys
