-- One row per system: whether this run may believe it and write to it, and if not, why.
-- A complete listing that is suddenly empty or far shorter than the last one that was
-- believed rests its system: rather nothing than a deletion that nobody made. So does
-- a run that would have to confirm too many of its records (merge_confirm_guards), and
-- settings that may choose another tenant than the one that the ledger is about: that
-- one is not even asked; nor is one that a person has paused.

with

systems as (

    select distinct system_name from {{ ref('entities') }}

),

-- An error is a sentence that begins with the name of its system: here that has a
-- column of its own, and the words become part of other sentences.
systems_read as (

    select
        system_name,
        configured,
        outcome,
        rtrim(
            case
                when starts_with(error, system_name || ': ')
                    then substr(error, length(system_name) + 3)
                else error
            end, '.'
        ) as what_failed
    from {{ ref('stg_run__systems') }}

),

pauses as (

    select * from {{ ref('match_pauses') }}

),

listings as (

    select * from {{ ref('stg_run__listings') }}

),

believed as (

    select * from {{ ref('stg_ledger__listings') }}

),

limits as (

    select
        {{ limit_named('listing_shrink_share') }} as share,
        {{ limit_named('listing_shrink_count') }} as number
    from {{ ref('limits') }}

),

newest_listings as (

    select
        system_name,
        entity,
        max(started_at) as started_at,
        {{ newest('records', 'started_at') }} as records
    from listings
    where kind = 'full' and complete
    group by system_name, entity

),

last_believed as (

    select
        system_name,
        entity,
        max(started_at) as started_at,
        {{ newest('records', 'started_at') }} as records
    from believed
    group by system_name, entity

),

shrunk_listings as (

    select
        newest_listings.system_name,
        {{ text_list(
            "newest_listings.entity || ' has ' || newest_listings.records"
            ~ " || ' records, it had ' || last_believed.records",
            "'; '", 'newest_listings.entity'
        ) }} as what_was_seen
    from newest_listings
    inner join last_believed
        on
            newest_listings.system_name = last_believed.system_name
            and newest_listings.entity = last_believed.entity
    cross join limits
    where
        newest_listings.started_at > last_believed.started_at
        and not {{ allow_mass_change() }}
        and (
            (newest_listings.records = 0 and last_believed.records > 0)
            or (
                newest_listings.records < limits.share * last_believed.records
                and last_believed.records >= limits.number
            )
        )
    group by newest_listings.system_name

),

judged as (

    select
        systems.system_name,
        coalesce(systems_read.configured, false) as is_configured,
        coalesce(systems_read.outcome = 'ok', false) as was_read,
        pauses.paused is null
        and (
            shrunk_listings.what_was_seen is not null
            or coalesce(systems_read.outcome in ('rests', 'another_tenant'), false)
        ) as rests,
        coalesce(systems_read.outcome = 'another_tenant', false) as is_another_tenant,
        coalesce(systems_read.outcome = 'ok', false)
        and shrunk_listings.what_was_seen is null
        and pauses.paused is null as is_usable,
        pauses.paused is not null as is_paused,
        case
            when pauses.paused is not null then pauses.in_words
            when not coalesce(systems_read.configured, false) then 'not configured'
            when systems_read.outcome <> 'ok'
                then coalesce(systems_read.what_failed, 'it could not be read')
            when shrunk_listings.what_was_seen is not null
                then
                    'its listing is far shorter than the last one that was believed ('
                    || shrunk_listings.what_was_seen || ')'
        end as why_not
    from systems
    left join systems_read on systems.system_name = systems_read.system_name
    left join shrunk_listings on systems.system_name = shrunk_listings.system_name
    left join pauses on systems.system_name = pauses.paused

)

select * from judged
