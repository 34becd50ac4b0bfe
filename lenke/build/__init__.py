"""Build the models: dbt compiles them once, DuckDB runs what came of it."""
