-- One row per sign that this ledger is an old, a lost or a foreign one and that no
-- person has accepted it yet. Any row makes the run a recovery: it links what is proved
-- to belong together, and sends nothing. Empty: the ledger is the newest.

with

recoveries as (

    select * from {{ ref('stg_ledger__recoveries') }}
    where accepted_at is null

),

witnesses as (

    select * from {{ ref('stg_run__witnesses') }}

),

traces as (

    select * from {{ ref('match_recovery_traces') }}

),

traced as (

    select count(*) as records, min(target_key) as example from traces

),

signs as (

    select 'ledger' as sign, what_was_seen from recoveries

    union all

    select witness as sign, what_was_seen from witnesses

    union all

    select
        'external reference' as sign,
        records || ' records bear the key of a source record that this ledger has '
        || 'never linked, for example ' || example as what_was_seen
    from traced
    where records > 0

)

select * from signs
