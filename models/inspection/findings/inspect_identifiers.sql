-- One row per value that identifies nobody and that unlinked records of both sides of a
-- flow hold where its rule looks, and per link that such a value has made: an earlier
-- version took any text for a key.

with

parts as (

    select * from {{ ref('match_key_parts') }}

),

links as (

    select * from {{ ref('match_links') }}

),

doubtful_links as (

    select * from {{ ref('match_doubtful_links') }}

),

-- Records that hold all properties of a combination, but not all of them possible.
holding as (

    select
        flow,
        combination,
        side,
        record_key,
        {{ sorted_text_list(
            "part || '=' || lower(" ~ json_quoted('canonical_value') ~ ")", "'|'"
        ) }} as all_values,
        {{ sorted_text_list(
            "case when part_key is null then "
            ~ shown_value('canonical_value', 'kind') ~ " end", "' and '"
        ) }} as shown
    from parts
    group by flow, combination, side, record_key
    having count(*) = max(parts) and count(part_key) < max(parts)

),

unlinked as (

    select
        holding.*,
        row_number() over (
            partition by
                holding.flow, holding.combination, holding.side, holding.all_values
            order by holding.record_key
        ) as from_first
    from holding
    left join links as links_of_source
        on
            holding.flow = links_of_source.flow
            and holding.side = 'source'
            and holding.record_key = links_of_source.source_key
    left join links as links_of_target
        on
            holding.side = 'target'
            and holding.record_key = links_of_target.target_key
    where links_of_source.flow is null and links_of_target.flow is null

),

shared as (

    select
        flow,
        combination,
        all_values,
        min(shown) as shown,
        min(case when side = 'source' then record_key end) as source_key,
        min(case when side = 'target' then record_key end) as target_key,
        sum(case when side = 'source' then 1 else 0 end) as sources,
        sum(case when side = 'target' then 1 else 0 end) as targets,
        {{ sorted_text_list(
            "case when side = 'source' and from_first <= 3 then record_key end", "', '"
        ) }} as first_sources,
        {{ sorted_text_list(
            "case when side = 'target' and from_first <= 3 then record_key end", "', '"
        ) }} as first_targets
    from unlinked
    group by flow, combination, all_values

),

findings as (

    select
        'identifies_nobody' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        'Records of both sides of ' || flow || ' hold ' || shown || ' (' || combination
        || '), which identifies nobody, so it links none of them: ' || first_sources
        || case
            when sources > 3 then ' and ' || (sources - 3) || ' more'
            else ''
        end || '; there: ' || first_targets || case
            when targets > 3 then ' and ' || (targets - 3) || ' more'
            else ''
        end || '.' as message,
        'Correct the value where it was typed, or link what belongs together, as in '
        || {{ command('link', ['flow', 'source_key', 'target_key']) }} as next_step,
        concat_ws(' ', flow, combination, all_values) as told_apart_by
    from shared
    where sources > 0 and targets > 0

    union all

    select
        'doubtful_link' as kind,
        source_key as record_key,
        cast(null as varchar) as property,
        'Nothing but ' || shown || ' (' || matched_by || ') has linked it with '
        || target_key || ' in ' || flow || ', and that identifies nobody: they may be '
        || 'strangers who share their values now.' as message,
        'If they are: ' || {{ command('unlink', ['flow', 'source_key', 'target_key']) }}
        || ', and put their values right. If they belong together: '
        || {{ command('link', ['flow', 'source_key', 'target_key']) }} as next_step,
        concat_ws(' ', flow, target_key) as told_apart_by
    from doubtful_links

)

select * from findings
