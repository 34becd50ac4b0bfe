-- One row per touched star and group that somebody edited: whose values everybody gets,
-- and by which rule. One contestant: its edit. Several: who the seeds say wins, if it
-- contests, else the newest record change; stamps too close to tell apart, or missing,
-- are tied, and a tie goes to the source if it contests, else to the first flow in seed
-- order.

with

contestants as (

    select * from {{ ref('merge_contestants') }}

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
                wins_by is null asc,
                is_tied desc, is_source desc, seed_order asc, contestant_key asc
        ) as place
    from tied

),

winners as (

    select
        source_key,
        property_group,
        contestant_key as winner_key,
        edited_at,
        rivals,
        case
            when contestant_key like 'lenke:person:%' then 'restored'
            when rivals = 1 then 'edited'
            when wins_by is not null then wins_by
            when tied_rivals = 1 then 'newest'
            when is_source then 'tie_to_source'
            else 'tie_to_first_flow'
        end as rule
    from ranked
    where place = 1

)

select * from winners
