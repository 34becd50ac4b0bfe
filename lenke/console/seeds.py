"""What the seeds say of flows and systems: the tables tell what became of it."""

from lenke.seeds.filled import seed_rows


def systems() -> list[str]:
    """Name the systems that flows lead from or to."""
    return sorted(
        {
            row[side]
            for row in seed_rows("flows.csv")
            for side in ("source_system", "target_system")
        }
    )


def flows_of(system: str) -> set[str]:
    """Name the flows that lead from a system or to it."""
    return {
        row["flow"]
        for row in seed_rows("flows.csv")
        if system in (row["source_system"], row["target_system"])
    }
