-- One row per Prosjekt in Tidsbanken that is linked: what it should hold.
-- Times are in the system's own spelling.

with

agreed as (

    select * from {{ ref('outbound_values') }}
    where system_name = 'tidsbanken' and entity = 'prosjekt'

),

prosjekt as (

    select
        flow,
        source_key,
        record_id,
        is_linked,
        -- what follows is written by `lenke columns`, from the seeds
        {{ agreed_value('Navn') }} as "Navn",
        {{ agreed_value('AnsvarligId') }} as "AnsvarligId",
        {{ agreed_value('KundeId') }} as "KundeId",
        {{ agreed_value('StartDato') }} as "StartDato",
        {{ agreed_value('FerdigDato') }} as "FerdigDato"
    -- what is written by `lenke columns` ends here
    from agreed
    group by flow, source_key, record_id, is_linked

)

select * from prosjekt
