-- One row per property of an entity that rests: what its system shows of it is not
-- believed, until most of its records show values again. `noted_at`: since when.
create table ledger.resting_properties (
    system_name varchar not null,
    entity varchar not null,
    name varchar not null,
    run_id varchar not null,
    noted_at timestamp not null
);
