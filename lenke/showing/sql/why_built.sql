-- One row: when what is published was built.
select built_at from inspection.published
