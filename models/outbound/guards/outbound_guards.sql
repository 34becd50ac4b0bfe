-- One row per flow and operation that would change more than a run may change unseen,
-- together with what was changed within `mass_change_hours`: more than a share of the
-- flow's links and more than a number, or, where a flow has few, more than half of them
-- and at least ten (creates overwrite nothing: for them only the first rule holds). All
-- links of a flow must not end or come to rest at once either, however few: a wrong
-- permission, or a slip in a rule, looks just like that. A push stops at any row. A
-- setting outranks the seed.

with

changes as (

    select * from {{ ref('outbound_changes') }}

),

limits as (

    select
        coalesce(
            {{ setting('mass_change_share') }},
            max(case when limit_name = 'mass_change_share' then limit_value end)
        ) as share,
        coalesce(
            {{ setting('mass_change_count') }},
            max(case when limit_name = 'mass_change_count' then limit_value end)
        ) as number,
        coalesce(
            {{ setting('small_flow_share') }},
            max(case when limit_name = 'small_flow_share' then limit_value end)
        ) as small_share,
        coalesce(
            {{ setting('small_flow_count') }},
            max(case when limit_name = 'small_flow_count' then limit_value end)
        ) as small_number,
        max(case when limit_name = 'gone_all_count' then limit_value end) as all_count
    from {{ ref('limits') }}

),

measured as (

    select
        changes.*,
        limits.*
    from changes
    cross join limits

),

judged as (

    select
        measured.*,
        within_hours > number and within_hours > share * linked as is_many,
        operation <> 'create'
        and within_hours >= small_number
        and within_hours > small_share * linked as is_most_of_few,
        operation in ('end', 'leave')
        and planned >= linked
        and planned >= all_count as is_all
    from measured

),

guards as (

    select
        flow,
        operation,
        planned,
        within_hours,
        linked,
        case when is_many or not is_most_of_few then share else small_share end
            as share,
        case when is_many or not is_most_of_few then number else small_number - 1 end
            as number,
        flow || case
            when operation = 'end'
                then
                    ': the records of ' || planned || ' of ' || linked
                    || ' links are gone, so these would end' || case
                        when within_hours > planned
                            then
                                ', after ' || (within_hours - planned)
                                || ' that ended within ' || cast(hours as integer)
                                || ' hours'
                        else ''
                    end
            when operation = 'leave'
                then
                    ': record_rules.csv leaves out the records of ' || planned
                    || ' of ' || linked || ' links that took part until now' || case
                        when within_hours > planned
                            then
                                ', after ' || (within_hours - planned)
                                || ' within ' || cast(hours as integer) || ' hours'
                        else ''
                    end
            else
                ' would ' || operation || ' ' || planned || ' records, and has '
                || linked || ' links' || case
                    when within_hours > planned
                        then
                            '; with what it has written within '
                            || cast(hours as integer) || ' hours, that is '
                            || within_hours
                    else ''
                end
        end as what_was_seen
    from judged
    where
        not {{ allow_mass_change() }}
        and (is_many or is_most_of_few or is_all)

)

select * from guards
