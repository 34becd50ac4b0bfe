-- One row per flow, combination, side and record: the text that the two sides of a
-- combination are compared by, and the words for it (never a national id, nor its
-- hash). A record that lacks one property of the combination, or holds no possible
-- value there, has no row: empty never matches.

with

parts as (

    select * from {{ ref('match_key_parts') }}

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
    from parts
    group by flow, combination, side, record_key
    having count(part_key) = max(parts)

)

select * from keys
