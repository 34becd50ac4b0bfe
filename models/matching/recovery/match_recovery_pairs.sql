-- One row per flow and pair of unlinked records, in a recovery only, that is proved to
-- belong together: the target bears the source's key, or all their mapped values are
-- equal and no other record of either side, linked or not, has the same. Fillers alone
-- prove nothing: one of the values at least is a possible one of its kind.

with

recovery as (

    select * from {{ ref('match_recovery') }}

),

traces as (

    select * from {{ ref('match_recovery_traces') }}

),

recovery_values as (

    select * from {{ ref('match_recovery_values') }}

),

known_links as (

    select * from {{ ref('stg_ledger__links') }}

),

decisions as (

    select * from {{ ref('match_decisions') }}

),

open_creates as (

    select * from {{ ref('match_open_creates') }}

),

records as (

    select
        flow,
        side,
        record_key,
        {{ sorted_text_list(
            "property || '=' || coalesce(" ~ json_quoted('compared_value')
            ~ ", 'null')", "'|'"
        ) }} as all_values
    from recovery_values
    group by flow, side, record_key
    having count(case when is_possible then compared_value end) > 0

),

counted as (

    select
        records.*,
        count(*) over (partition by flow, side, all_values) as lookalikes
    from records

),

equal_pairs as (

    select
        sources.flow,
        sources.record_key as source_key,
        targets.record_key as target_key
    from counted as sources
    inner join counted as targets
        on
            sources.flow = targets.flow
            and sources.all_values = targets.all_values
    where
        sources.side = 'source'
        and targets.side = 'target'
        and sources.lookalikes = 1
        and targets.lookalikes = 1

),

proved as (

    select flow, source_key, target_key, 'external_reference' as proof from traces

    union all

    select flow, source_key, target_key, 'equal_values' as proof from equal_pairs

),

-- Where a link has ended, or a person has decided, nothing is linked again by likeness.
recovery_pairs as (

    select
        proved.flow,
        proved.source_key,
        proved.target_key,
        max(proved.proof) as proof
    from proved
    cross join recovery
    left join known_links as links_of_source
        on
            proved.flow = links_of_source.flow
            and proved.source_key = links_of_source.source_key
    left join known_links as links_of_target
        on proved.target_key = links_of_target.target_key
    left join decisions
        on
            proved.flow = decisions.flow
            and proved.source_key = decisions.source_key
    left join open_creates
        on
            proved.flow = open_creates.flow
            and proved.source_key = open_creates.source_key
    where
        links_of_source.flow is null
        and links_of_target.flow is null
        and decisions.flow is null
        and open_creates.flow is null
    group by proved.flow, proved.source_key, proved.target_key

)

select * from recovery_pairs
