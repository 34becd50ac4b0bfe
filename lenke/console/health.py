"""One word for how something is, with its shape and colour: the worst of its parts.

In order of importance: `stop` (nothing goes on), `look` (a person should look), `wait`
(it goes on by itself), `rest` (somebody wants it so), `well`, `unknown`.
"""

from dataclasses import dataclass

from lenke.console.asking import Row

SHAPES = {
    "stop": "■",
    "look": "▲",
    "wait": "◐",
    "rest": "◇",
    "well": "●",
    "unknown": "○",
}


@dataclass(frozen=True)
class Health:
    """A word, and which kind of word it is."""

    kind: str
    word: str

    @property
    def shape(self) -> str:
        """Give the shape that goes with it, for who sees no colours."""
        return SHAPES[self.kind]


def of_flow(row: Row) -> Health:
    """Say how a flow is: the worst that is true of any of its links and records."""
    if row["rests_because"] == "paused":
        return Health("rest", "paused")
    if row["rests_because"] == "flow_off":
        return Health("rest", "off")
    if not row["is_active"]:
        return Health("unknown", "not read")
    if row["held"] or row["ambiguous"]:
        return Health("look", "held" if row["held"] else "ambiguous")
    if row["waiting"] or row["in_step"] < row["linked"]:
        return Health("wait", "waits")
    return Health("well", "in step")


def of_system(row: Row) -> Health:
    """Say how a system is."""
    if row["paused"]:
        return Health("rest", "paused")
    if row["trouble"]:
        return Health("stop", "rests")
    if not row["read_at"]:
        return Health("unknown", "never read")
    if not row["active_flows"]:
        return Health("unknown", "not read")
    return Health("well", "read")


def of_run(row: Row) -> Health:
    """Say how a run went."""
    if not row["run_id"]:
        return Health("unknown", "no run")
    if row["finished_at"] is None:
        return Health("unknown", "no end")
    kinds = {0: "well", 3: "look", 4: "stop", 5: "wait"}
    return Health(kinds.get(row["exit_code"], "stop"), row["outcome"] or "ended")


def of_finding(row: Row) -> Health:
    """Say what a finding stops."""
    if row["acknowledged_at"]:
        return Health("rest", "let stand")
    kind = {"system": "stop", "flow": "look"}.get(row["reach"], "look")
    return Health(kind, f"stops a {row['reach']}")


_WRITES = {
    "done": "well",
    "refused": "stop",
    "moved": "wait",
    "gone": "look",
    "not_applied": "wait",
    "open": "unknown",
    "unknown": "unknown",
    "held": "look",
}


def of_write(status: str) -> Health:
    """Say what came of a write."""
    return Health(_WRITES.get(status, "unknown"), status.replace("_", " "))


_CONFLICTS = {
    "open": "look",
    "noted": "unknown",
    "acknowledged": "well",
    "restored": "well",
    "lapsed": "rest",
}


def of_conflict(status: str) -> Health:
    """Say whether somebody has looked at a lost value."""
    return Health(
        _CONFLICTS.get(status, "unknown"), "unseen" if status == "open" else status
    )


def of_decision(status: str) -> Health:
    """Say what became of a decision."""
    kinds = {"waits": "wait", "in force": "rest", "not carried out": "look"}
    return Health(kinds.get(status, "well"), status)


_SIGHTS = {"held": "look", "update": "wait", "unknown": "unknown", "absent": "unknown"}


def of_sight(row: Row) -> Health:
    """Say what becomes of a property that is not in step."""
    outcome = str(row["outcome"] or row["sight"])
    words = {"update": "waits", "as_stored": "as stored", "left_alone": "left alone"}
    return Health(_SIGHTS.get(outcome, "rest"), words.get(outcome, outcome))
