-- A Kunde's address goes by Gateadresse and Postnr: what is remembered of it under the
-- former names stays its memory. Its star's members are named by the links.

create temporary table addresses as
select distinct unnest([source_key, target_key]) as record_key
from ledger.links
where starts_with(source_key, 'tidsbanken:kunde:');

create temporary table address_names as
select * from (values ('Adresse', 'Gateadresse'), ('Postnummer', 'Postnr'))
    as names (former, current);

update ledger.agreed_values
set property = address_names.current
from address_names
where
    agreed_values.property = address_names.former
    and starts_with(agreed_values.source_key, 'tidsbanken:kunde:');

update ledger.value_history
set property = address_names.current
from address_names
where
    value_history.property = address_names.former
    and starts_with(value_history.source_key, 'tidsbanken:kunde:');

update ledger.conflicts
set property = address_names.current
from address_names
where
    conflicts.property = address_names.former
    and starts_with(conflicts.source_key, 'tidsbanken:kunde:');

update ledger.decisions
set property = address_names.current
from address_names
where
    decisions.property = address_names.former
    and starts_with(decisions.source_key, 'tidsbanken:kunde:');

update ledger.observations
set property = address_names.current
from address_names
where
    observations.property = address_names.former
    and observations.record_key in (select record_key from addresses);

-- The system's own names are those of Kunde's records alone.
update ledger.observations
set name = address_names.current
from address_names
where
    observations.name = address_names.former
    and starts_with(observations.record_key, 'tidsbanken:kunde:');

-- In JSON a member's name is followed by a colon, and a quote inside of a text has a
-- backslash before it: only names are met.
update ledger.writes
set
    delivered = replace(
        replace(delivered, '"Adresse":', '"Gateadresse":'), '"Postnummer":', '"Postnr":'
    ),
    stored = replace(
        replace(stored, '"Adresse":', '"Gateadresse":'), '"Postnummer":', '"Postnr":'
    ),
    changes = replace(
        replace(changes, '"property":"Adresse"', '"property":"Gateadresse"'),
        '"property":"Postnummer"',
        '"property":"Postnr"'
    )
where starts_with(source_key, 'tidsbanken:kunde:');

update ledger.writes
set
    properties_before = replace(
        replace(properties_before, '"Adresse":', '"Gateadresse":'),
        '"Postnummer":',
        '"Postnr":'
    ),
    properties_after = replace(
        replace(properties_after, '"Adresse":', '"Gateadresse":'),
        '"Postnummer":',
        '"Postnr":'
    ),
    changes = replace(
        replace(
            replace(changes, '"name":"Adresse"', '"name":"Gateadresse"'),
            '"name":"Postnummer"',
            '"name":"Postnr"'
        ),
        '"json_path":"$.Adresse"',
        '"json_path":"$.Gateadresse"'
    )
where system_name = 'tidsbanken' and entity = 'kunde';

update ledger.writes
set changes = replace(changes, '"json_path":"$.Postnummer"', '"json_path":"$.Postnr"')
where system_name = 'tidsbanken' and entity = 'kunde';

drop table addresses;
drop table address_names;

-- A reference that says 0 names nobody. What was agreed on as the record with the id 0
-- was nothing: the star meets for the first time there.

delete from ledger.observations
where
    delivered in ('tidsbanken:ansatt:0', 'tidsbanken:kunde:0')
    and property in ('AnsvarligId', 'KundeId');

delete from ledger.agreed_values
where
    agreed_value in ('tidsbanken:ansatt:0', 'tidsbanken:kunde:0')
    and property in ('AnsvarligId', 'KundeId');

-- An id with blanks or invisible signs around it names the record without them.

update ledger.agreed_values
set agreed_value = regexp_replace(
    agreed_value, '^([^:]*:[^:]*:)[\x{09}-\x{0d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{feff}]+|[\x{09}-\x{0d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{feff}]+$', '\1', 'g'
)
where property in ('AnsvarligId', 'KundeId');

update ledger.observations
set delivered = regexp_replace(
    delivered, '^([^:]*:[^:]*:)[\x{09}-\x{0d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{feff}]+|[\x{09}-\x{0d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{feff}]+$', '\1', 'g'
)
where property in ('AnsvarligId', 'KundeId');

-- A plan that was made before this is none of this ledger's any more.
update ledger.identity set run_counter = run_counter + 1;
