-- One row per decision of a person that this build is done with, and what became of
-- it: what the deciding transaction of a push writes to the ledger, so that it is done
-- once.

with

restores as (

    select * from {{ ref('merge_restores') }}

),

put_backs as (

    select * from {{ ref('merge_put_backs') }}
    where outcome in ('carried_out', 'superseded', 'left')

),

agreed as (

    select source_key, property from {{ ref('merge_agreed') }}

),

lapsed as (

    select source_key, property from {{ ref('merge_lapsed_answers') }}

),

done as (

    select
        restores.decision_id,
        restores.conflict_id,
        case
            when not restores.is_member and restores.kind = 'put_back_source'
                then 'superseded'
            when not restores.is_member then 'link_ended'
            when not restores.is_newest then 'superseded'
            when lapsed.source_key is not null then 'lapsed'
            else 'carried_out'
        end as outcome
    from restores
    left join agreed
        on
            restores.source_key = agreed.source_key
            and restores.property = agreed.property
    left join lapsed
        on
            restores.source_key = lapsed.source_key
            and restores.property = lapsed.property
    where agreed.source_key is not null or not restores.is_member

    union all

    select
        decision_id,
        cast(null as varchar) as conflict_id,
        outcome
    from put_backs

)

select * from done
