-- One row per thing that a person should look at before accepting an old or a new
-- ledger: a linked record that differs, and a source record that was not linked again,
-- with what looks like it. Empty outside a recovery.

with

recovery as (

    select * from {{ ref('match_recovery') }}

),

outcomes as (

    select * from {{ ref('merge_outcomes') }}

),

unlinked_sources as (

    select * from {{ ref('match_unlinked_sources') }}

),

rule_pairs as (

    select * from {{ ref('match_pairs') }}

),

look_alikes as (

    select * from {{ ref('match_recovery_look_alikes') }}

),

candidates as (

    select flow, source_key, target_key from rule_pairs
    union
    select flow, source_key, target_key from look_alikes

),

candidates_of_source as (

    select
        flow,
        source_key,
        {{ sorted_text_list('target_key', "', '") }} as candidate_keys,
        {{ sorted_text_list(
            command('link', ['flow', 'source_key', 'target_key']), "' or '"
        ) }} as links
    from candidates
    group by flow, source_key

),

differing as (

    select
        'recovery_differs' as kind,
        outcomes.member_key as record_key,
        outcomes.name as property,
        'It holds ' || coalesce(outcomes.current_value, 'nothing') || ', and '
        || coalesce(outcomes.won_by, 'the star') || ' has '
        || coalesce(outcomes.agreed_value, 'nothing') || '.' as message,
        'Make them equal where one is wrong. Accepted as they are, the newest edit '
        || 'wins and the other stands in the conflicts.' as next_step,
        cast(null as varchar) as told_apart_by
    from outcomes
    cross join recovery
    where outcomes.outcome = 'update'

),

unlinked as (

    select
        'recovery_unlinked' as kind,
        unlinked_sources.source_key as record_key,
        cast(null as varchar) as property,
        'Not linked again in ' || unlinked_sources.flow || ': '
        || coalesce(
            'not equal to ' || candidates_of_source.candidate_keys,
            'no record there looks like it'
        ) || '.' as message,
        case
            when candidates_of_source.flow is not null
                then 'The same: ' || candidates_of_source.links || '.'
            else 'Nothing, if it is new: accepted, it is created there.'
        end as next_step,
        unlinked_sources.flow as told_apart_by
    from unlinked_sources
    cross join recovery
    left join candidates_of_source
        on
            unlinked_sources.flow = candidates_of_source.flow
            and unlinked_sources.source_key = candidates_of_source.source_key
    where
        unlinked_sources.held_because = 'recovery'
        or candidates_of_source.flow is not null

),

to_look_at as (

    select * from differing
    union all
    select * from unlinked

)

select * from to_look_at
