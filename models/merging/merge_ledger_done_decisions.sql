-- One row per decision of a person that this build has carried out: what the deciding
-- transaction of a push writes to the ledger, so that it is done once.

with

restores as (

    select * from {{ ref('merge_restores') }}

),

agreed as (

    select source_key, property from {{ ref('merge_agreed') }}

),

done as (

    select restores.decision_id
    from restores
    inner join agreed
        on
            restores.source_key = agreed.source_key
            and restores.property = agreed.property

)

select * from done
