-- One row per pair of an employee and a contact person whom e-mail or national id bring
-- together, and nobody else: what two rules come to when somebody writes them down for
-- these two lists. It leaves out rules that are rows of a table, keys of several parts,
-- spellings of our own (accents, domains), crowds, what a person has decided, and what
-- was linked before.

with

sources as (

    select
        record_key,
        nullif(lower(trim(record ->> 'Epost')), '') as email,
        nullif(record ->> 'Personnummer', '') as national_id
    from staging.stg_records
    where system_name = 'tidsbanken' and entity = 'ansatt'

),

targets as (

    select
        record_key,
        nullif(lower(trim(record ->> 'EmailAddress')), '') as email,
        nullif(record ->> 'SocialSecurityNumber', '') as national_id
    from staging.stg_records
    where system_name = 'powerofficego' and entity = 'contactperson'

),

pairs as (

    select
        sources.record_key as source_key,
        targets.record_key as target_key
    from sources
    inner join targets on sources.email = targets.email

    union

    select
        sources.record_key as source_key,
        targets.record_key as target_key
    from sources
    inner join targets on sources.national_id = targets.national_id

),

counted as (

    select
        source_key,
        target_key,
        count(*) over (partition by source_key) as targets,
        count(*) over (partition by target_key) as sources
    from pairs

)

select source_key, target_key from counted
where targets = 1 and sources = 1
