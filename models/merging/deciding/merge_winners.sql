-- One row per touched star and group that somebody edited: whose values everybody gets,
-- and by which rule. One contestant: its edit. Several: who the seeds say wins, if it
-- contests, else the newest record change; stamps too close to tell apart, or missing,
-- are tied, and a tie goes to the source if it contests, else to the first flow in seed
-- order. Where a person decides, nobody wins until they have.

with

contestants as (

    select * from {{ ref('merge_contestants') }}

),

-- They were asked about before, and can't be heard now: in a group or alone.
unheard as (

    select source_key, property_group from {{ ref('merge_asked') }}
    where not is_heard

    union

    select source_key, property as property_group from {{ ref('merge_asked') }}
    where not is_heard

),

with_newest as (

    select
        contestants.*,
        max(edited_at) over (partition by source_key, property_group) as newest_edit,
        count(*) over (partition by source_key, property_group) as rivals
    from contestants

),

with_doubt as (

    select
        with_newest.*,
        max(case when edited_at = newest_edit then clock_uncertainty_s end) over (
            partition by source_key, property_group
        ) as doubt_of_newest
    from with_newest

),

tied as (

    select
        with_doubt.*,
        edited_at is null
        or {{ seconds_between('edited_at', 'newest_edit') }}
        <= greatest(clock_uncertainty_s, coalesce(doubt_of_newest, 0)) as is_tied
    from with_doubt

),

ranked as (

    select
        tied.*,
        sum(case when is_tied then 1 else 0 end) over (
            partition by source_key, property_group
        ) as tied_rivals,
        row_number() over (
            partition by source_key, property_group
            order by
                coalesce(wins_by, 'ask') = 'ask' asc,
                is_tied desc, is_source desc, seed_order asc, contestant_key asc
        ) as place
    from tied

),

judged as (

    select
        ranked.*,
        coalesce(ranked.wins_by = 'ask', false)
        and (ranked.rivals > 1 or unheard.source_key is not null) as is_undecided
    from ranked
    left join unheard
        on
            ranked.source_key = unheard.source_key
            and ranked.property_group = unheard.property_group
    where ranked.place = 1

),

winners as (

    select
        source_key,
        property_group,
        edited_at,
        rivals,
        case when is_undecided then 'nobody' else contestant_key end as winner_key,
        case
            when is_undecided then 'ask'
            when wins_by = 'answered' and rivals > 1 then 'answered'
            when contestant_key like 'lenke:person:%' then 'restored'
            when contestant_key like 'lenke:put_back:%' then 'unlinked'
            when rivals = 1 then 'edited'
            when wins_by <> 'ask' then wins_by
            when tied_rivals = 1 then 'newest'
            when is_source then 'tie_to_source'
            else 'tie_to_first_flow'
        end as rule
    from judged

)

select * from winners
