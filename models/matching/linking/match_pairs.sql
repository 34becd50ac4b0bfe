-- One row per flow and pair of records that some combination brings together, linked or
-- not. Pairs that a person has unlinked are no candidates. In a crowd (a mailbox that
-- hundreds share) every record keeps its pairs with the first and the last of the other
-- side only: enough to see that it is ambiguous, without a million pairs.

with

keys as (

    select * from {{ ref('match_keys') }}

),

unlinked_pairs as (

    select flow, source_key, target_key from {{ ref('match_decisions') }}
    where kind = 'unlink'

),

limits as (

    select {{ limit_named('crowd_count') }} as crowd_count
    from {{ ref('limits') }}

),

ranked as (

    select
        keys.*,
        limits.crowd_count,
        row_number() over (
            partition by keys.flow, keys.combination, keys.side, keys.match_key
            order by keys.record_key
        ) as from_first,
        count(*) over (
            partition by keys.flow, keys.combination, keys.side, keys.match_key
        ) as crowd
    from keys
    cross join limits

),

sources as (

    select * from ranked where side = 'source'

),

targets as (

    select * from ranked where side = 'target'

),

source_edges as (

    select * from sources where crowd <= crowd_count or from_first in (1, crowd)

),

target_edges as (

    select * from targets where crowd <= crowd_count or from_first in (1, crowd)

),

brought_together as (

    select
        sources.flow,
        sources.combination,
        sources.record_key as source_key,
        target_edges.record_key as target_key
    from sources
    inner join target_edges
        on
            sources.flow = target_edges.flow
            and sources.combination = target_edges.combination
            and sources.match_key = target_edges.match_key

    union

    select
        source_edges.flow,
        source_edges.combination,
        source_edges.record_key as source_key,
        targets.record_key as target_key
    from source_edges
    inner join targets
        on
            source_edges.flow = targets.flow
            and source_edges.combination = targets.combination
            and source_edges.match_key = targets.match_key

),

pairs as (

    select
        brought_together.flow,
        brought_together.source_key,
        brought_together.target_key,
        {{ sorted_text_list('brought_together.combination', "', '") }} as matched_by
    from brought_together
    left join unlinked_pairs
        on
            brought_together.flow = unlinked_pairs.flow
            and brought_together.source_key = unlinked_pairs.source_key
            and brought_together.target_key = unlinked_pairs.target_key
    where unlinked_pairs.flow is null
    group by
        brought_together.flow, brought_together.source_key, brought_together.target_key

)

select * from pairs
