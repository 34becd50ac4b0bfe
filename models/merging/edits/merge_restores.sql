-- One row per value that a person wants back in a star and that no run has come to yet:
-- one that lost, or one that another took its place over a link that has ended since
-- (of that time: whoever edits knows better). Of several for one property the newest
-- counts (`is_newest`); the others are done with it. One of a record that is no member
-- of the star (`is_member`) counts for nothing: its link has ended since, and it is
-- about somebody else. So does one that a link stood in the way of, when that stands
-- again.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}
    where kind in ('restore', 'put_back_source')

),

done as (

    select decision_id from {{ ref('stg_ledger__done_decisions') }}

),

links as (

    select distinct source_key, target_key from {{ ref('match_links') }}

),

restores as (

    select
        decisions.decision_id,
        decisions.kind,
        decisions.conflict_id,
        decisions.source_key,
        decisions.property,
        decisions.decided_value as restored_value,
        case
            when decisions.kind = 'restore' then 'lenke:person:' else 'lenke:put_back:'
        end || coalesce(decisions.decided_by, 'somebody') as restored_by,
        case when decisions.kind = 'restore' then decisions.decided_at end
            as restored_at,
        case
            when decisions.kind = 'put_back_source' then links.source_key is null
            else
                decisions.target_key is null
                or decisions.target_key = decisions.source_key
                or links.source_key is not null
        end as is_member,
        row_number() over (
            partition by decisions.source_key, decisions.property
            order by
                coalesce(decisions.step, 0) desc,
                decisions.decided_at desc,
                decisions.decision_id desc
        ) = 1 as is_newest
    from decisions
    left join done on decisions.decision_id = done.decision_id
    left join links
        on
            decisions.source_key = links.source_key
            and decisions.target_key = links.target_key
    where done.decision_id is null

)

select * from restores
