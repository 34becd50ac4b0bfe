-- One row per losing value that a person wants back and that no run has come to yet.
-- Of several for one property the newest counts (`is_newest`); the others are done with
-- it. A value of a record that is no member of the star (`is_member`) counts for
-- nothing: its link has ended since, and it is about somebody else.

with

decisions as (

    select * from {{ ref('stg_ledger__decisions') }}
    where kind = 'restore'

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
        decisions.conflict_id,
        decisions.source_key,
        decisions.property,
        decisions.decided_value as restored_value,
        'lenke:person:' || coalesce(decisions.decided_by, 'somebody') as restored_by,
        decisions.decided_at as restored_at,
        decisions.target_key is null
        or decisions.target_key = decisions.source_key
        or links.source_key is not null as is_member,
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
