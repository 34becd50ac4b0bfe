-- One row per sign that this ledger is an old, a lost or a foreign one and that no
-- person has accepted it yet. Any row makes the run a recovery: it links what is proved
-- to belong together, and sends nothing. Empty: the ledger is the newest.
-- References are a sign when Lenke wrote several, or when this ledger is new and has
-- never linked anything. A single one, or any that somebody may have typed, only holds
-- its own pair (match_recovery_holds): nobody stops all systems by typing a key.

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

bearers as (

    select * from {{ ref('match_bearers') }}
    where not is_decided

),

links as (

    select count(*) as links from {{ ref('stg_ledger__links') }}

),

accepted as (

    select count(*) as recoveries from {{ ref('stg_ledger__recoveries') }}
    where accepted_at is not null

),

traced as (

    select count(*) as records, min(target_key) as example from traces

),

borne as (

    select
        count(distinct bearers.target_key) as records,
        min(bearers.target_key) as example
    from bearers
    cross join links
    cross join accepted
    where links.links = 0 and accepted.recoveries = 0

),

by_reference as (

    select records, example from borne where records > 0

    union all

    select traced.records, traced.example
    from traced
    cross join borne
    where traced.records > 1 and borne.records = 0

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
    from by_reference

)

select * from signs
