"""What stands in the files of a new installation that are for people."""

README = """\
# An installation of Lenke

This folder says what is synced here, and how. It is yours: put it into git. An upgrade
of Lenke never touches it; what a newer Lenke knows beside it has a default, and
`lenke check` says what is new.

Tell Lenke that this is the folder, in each shell (and in `crontab`):

    export LENKE_HOME={folder}
    alias lenke={lenke}

## What to do next

1. `.dlt/config.toml` and `.dlt/secrets.toml`: take the # away from the `base_url` of
   each system that takes part, from its keys, and from what you want otherwise.
2. `seeds/`: what is synced, as tables, each row with its why.
   - A property: a row in `property_mappings.csv`, and in `entity_properties.csv` for
     each of the two properties that it names and that have no row there.
   - Which records belong together although nobody linked them: `link_rules.csv`. Switch
     a rule on (`is_enabled`) before the first sync: afterwards each double has to be
     ended by hand. `lenke load`, then `lenke match` shows what each would link.
   - Who takes part: a row in `record_rules.csv` for each condition; `starts_at` in
     `flows.csv` is the day from which a flow creates records.
   - A flow or a property that should not be: `is_enabled` in `flows.csv` and
     `property_mappings.csv`.
   - Who wins when several were edited: `on_conflict` in `property_mappings.csv`.
   - Codes of the other side: a row in `value_maps.csv` for each.
3. `lenke check` until it finds nothing. It needs no system.
4. `git init`, `git add --all`, `git commit`, and `lenke check` once more: it also looks
   whether git has what it must not have.
5. `lenke doctor`: does each system answer?
6. `lenke plan`: what would be written, and nothing is. `lenke plan --most 500` shows
   more of it.
7. `lenke sync`, then `lenke backup FILE`, then the lines of `crontab`.

## What is here

| file | what it is |
| --- | --- |
| `seeds/` | what is synced; `kinds.csv` and `reasons.csv` are Lenke's, not here |
| `.dlt/config.toml` | every setting, explained |
| `.dlt/secrets.toml` | keys and tokens; never in git |
| `models/` | tables of your own, built after Lenke's |
| `systems/` | systems of your own, beside Lenke's |
| `dbt_project.yml` | lets `dbt build` work here, after `lenke check` |
| `crontab` | the lines for cron |
| `.gitignore` | what git must not have |

All else is made by runs. `ledger.duckdb` is what is remembered: back it up with
`lenke backup`, not with git.
"""

SYSTEMS = """\
# Systems of your own

A system is a file of its name in each of three folders, and its models:

- `connections/NAME.py`, how to sign in: `SYSTEM`, `TENANT`, `Settings`, `connect`,
  `check`;
- `loaders/NAME.py`, what is read: `SOURCE`;
- `reverse_etl/NAME.py`, how it is written: `TRAITS`, `read`, `create`, `update`,
  `delete`, `created_by`;
- `models/staging/NAME/`, its words to ours: `stg_NAME__ENTITY.sql` for each entity,
  their union `stg_NAME__records.sql`, `_NAME__models.yml` and `_NAME__sources.yml`;
- `models/outbound/NAME/`, our words to its: `out_NAME__ENTITY.sql` for each entity, and
  `_NAME__out_models.yml`.

The files of that system of Lenke which is most like yours are where to begin. Then
come rows in `entities.csv`, `entity_properties.csv`, `flows.csv` and
`property_mappings.csv`, and `lenke check`, which says what is missing. This code runs
with all rights of Lenke: put nothing here that you have not read.
"""

MODELS = """\
# Tables of your own

Each `*.sql` here is a dbt model. It may read what Lenke makes, by its name:
`{{ ref('links') }}`, `{{ ref('findings') }}`, `{{ ref('stg_tidsbanken__ansatt') }}`,
`{{ ref('out_crmoffice__contacts') }}`; `dbt ls` lists them. Nothing of Lenke reads it.

    -- One row per flow: how many links it has.
    select flow, count(*) as links
    from {{ ref('links') }}
    where ended_at is null
    group by flow

Saved as `links_per_flow.sql`, that is the table `own.links_per_flow`. A sync, a plan
and a push make it at their end, and publish it: `lenke sql 'from own.links_per_flow'`.
A fault in it stops no sync; the run warns of it, and `lenke check` ends with 2.
"""

OWN_PROJECT = """\
# What dbt reads here: the models of this installation, and Lenke's as a package, which
# `lenke check` puts into target/packages.
name: own
profile: lenke

model-paths: [models]
seed-paths: []
packages-install-path: target/packages

flags:
  send_anonymous_usage_stats: false

models:
  own:
    +materialized: table
"""

CRONTAB = """\
# Lines for `crontab -e`. What Lenke warns of goes to stderr, so cron sends it by mail.
*/15 * * * * LENKE_HOME={folder} {lenke} sync > /dev/null
# A monitor of one's own asks the same, at any time:
30 7 * * * LENKE_HOME={folder} {lenke} status --check --max-age 26h > /dev/null
"""
