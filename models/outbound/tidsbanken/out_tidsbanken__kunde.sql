-- One row per Kunde in Tidsbanken that is linked: what it should hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'tidsbanken' and entity = 'kunde'

),

kunde as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('Navn') }} as "Navn",
        {{ agreed_value('Organisasjonsnummer') }} as "Organisasjonsnummer",
        {{ agreed_value('Epost') }} as "Epost",
        {{ agreed_value('Telefon') }} as "Telefon",
        {{ agreed_value('Gateadresse') }} as "Gateadresse",
        {{ agreed_value('Postnr') }} as "Postnr",
        {{ agreed_value('Poststed') }} as "Poststed"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from kunde
