-- One row per Ansatt in Tidsbanken that is linked: what it should hold.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'tidsbanken' and entity = 'ansatt'

),

ansatt as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('Fornavn') }} as "Fornavn",
        {{ agreed_value('Etternavn') }} as "Etternavn",
        {{ agreed_value('Mobil') }} as "Mobil",
        {{ agreed_value('Epost') }} as "Epost"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from ansatt
