"""Fifteen questions that people ask in the morning, each with two answers.

`words` is the command that answers it and `told` what it says; `sql` asks the tables
for people the same, and `found` is what it finds. {contact} and the like are filled in
from the world.
"""

from dataclasses import dataclass

OLA, KARI, PAL, EMOJI = (f"tidsbanken:ansatt:{each}" for each in (412, 411, 414, 415))
K1, K2, K3 = (f"tidsbanken:kunde:K{number}" for number in (1, 2, 3))
PROJECT = "tidsbanken:prosjekt:20002"


@dataclass(frozen=True)
class Question:
    """What somebody asks; a command, what it tells; a query, the rows that it finds."""

    asked: str
    words: tuple[str, ...]
    told: tuple[str, ...]
    sql: str
    found: tuple[tuple[str, ...], ...]


QUESTIONS = (
    Question(
        "Who typed this number, when, and where?",
        ("why", OLA, "Mobil"),
        (
            f"User 1 of tidsbanken typed “+4791000001” in {OLA} (Ola Nordvik) on "
            "{typed_at}. Before it was “+4790000412”.",
        ),
        f"""
        select typed_by, won_by, value_from, value_to, typed_at is not null
        from inspection.history
        where source_key = '{OLA}' and property = 'Mobil' and rule = 'edited'
        """,
        (("1", OLA, "+4790000412", "+4791000001", "True"),),
    ),
    Question(
        "Who won, and what was lost?",
        ("conflicts", "--record", "412", "--rule", "newest"),
        ("Nordvik", "Nordmo", "open"),
        f"""
        select losing_value, losing_system, winning_value, winning_system, rule, status
        from inspection.conflicts where source_key = '{OLA}' and rule = 'newest'
        """,
        (("Nordmo", "tidsbanken", "Nordvik", "crmoffice", "newest", "open"),),
    ),
    Question(
        "Which write carried it, and what was answered?",
        ("why", OLA, "Mobil"),
        ("“+4791000001” was sent to", "crmoffice:contacts:{contact} (Ola Nordvik)"),
        f"""
        select writes.status, writes.record_id
        from inspection.history
        inner join inspection.writes
            on contains(history.write_ids, writes.write_id)
        where history.source_key = '{OLA}' and history.value_to = '+4791000001'
            and writes.system = 'crmoffice'
        """,
        (("done", "{contact}"),),
    ),
    Question(
        "What does a system refuse, in its own words?",
        ("status",),
        ("customwebshop refused to update phone", "phone: is not valid"),
        """
        select record_key, properties, contains(words, 'phone: is not valid')
        from inspection.refusals where acknowledged_at is null
        """,
        (("customwebshop:customer:{shop}", "phone", "True"),),
    ),
    Question(
        "With whom is Ola linked, since when, and why?",
        ("why", "412"),
        (
            "Lenke made the one from the other.",
            "both had the same national id then, and nobody else had it",
            "(rule number)",
        ),
        f"""
        select matched_by from inspection.links
        where source_key = '{OLA}' and ended_at is null order by matched_by
        """,
        (("created",), ("national id",), ("number",)),
    ),
    Question(
        "Who has parted Kari, and why?",
        ("decisions", "--kind", "unlink"),
        ("not her", "carried out", "powerofficego:employees:{employee}"),
        f"""
        select decisions.reason, decisions.status, links.ended_at is not null
        from inspection.decisions
        inner join inspection.links using (flow, source_key, target_key)
        where source_key = '{KARI}' and decisions.kind = 'unlink'
        """,
        (("not her", "carried out", "True"),),
    ),
    Question(
        "Why has Pål no contact person?",
        ("why", PAL),
        (
            "(Pål Delt) is not linked",
            "it matches several records, or others match the same (e-mail)",
        ),
        f"""
        select outcome, matched_by, candidates from inspection.unlinked
        where source_key = '{PAL}' and outcome = 'ambiguous'
        """,
        (("ambiguous", "e-mail", "1"),),
    ),
    Question(
        "Who is gone?",
        ("findings", "--kind", "record_gone"),
        ("crmoffice:contacts:", "has ended, the target is gone"),
        """
        select source_key, ended_because is not null
        from inspection.links
        where ended_at is not null and target_system = 'crmoffice'
        """,
        (("tidsbanken:ansatt:413", "True"),),
    ),
    Question(
        "Who rests because somebody has said so, and until when?",
        ("status",),
        (f"Paused: {K2}: it is left alone until " + "{until}.",),
        """
        select source_key, status from inspection.decisions where kind = 'pause'
        """,
        ((K2, "in force"),),
    ),
    Question(
        "Whom do the rules leave out?",
        ("why", EMOJI),
        (
            "The link rests: the rules about records leave it out",
            "is not looked at now: the rules about records leave it out",
        ),
        """
        select source_key from inspection.links where rests_because = 'excluded'
        """,
        ((EMOJI,),),
    ),
    Question(
        "Why has the project no owner there?",
        ("why", PROJECT, "AnsvarligId"),
        ("999", "the record that it refers to has no link yet"),
        f"""
        select kind from inspection.findings
        where contains(message, '{PROJECT}') and property = 'ownerId'
        """,
        (("held_unlinked_reference",),),
    ),
    Question(
        "What is new this morning?",
        ("findings", "--new"),
        ("held_refused",),
        """
        select kind from inspection.findings
        where acknowledged_at is null and (
            first_seen_at is null
            or first_seen_run_id = (
                select arg_max(run_id, run_number) from inspection.runs
                where exit_code in (0, 3)
            )
        )
        """,
        (("held_refused",),),
    ),
    Question(
        "What am I to do about the refusal now?",
        ("why", K1, "phone"),
        ("What it waits for now", "To let it stand:", "\n      lenke findings ack"),
        f"""
        select contains(next_step, 'lenke findings acknowledge')
        from inspection.findings
        where kind = 'held_refused' and contains(message, '{K1}')
        """,
        (("True",),),
    ),
    Question(
        "How did the last night end?",
        ("status",),
        ("partly done\t3",),
        """
        select outcome, exit_code from inspection.runs order by run_number desc limit 1
        """,
        (("partly done", "3"),),
    ),
    Question(
        "How do I get a lost value back?",
        ("why", OLA, "familyName"),
        ("To have it:", "\n      lenke conflicts restore {lost}\n"),
        f"""
        select left(conflict_id, 8) from inspection.conflicts
        where source_key = '{OLA}' and losing_value = 'Nordmo'
        """,
        (("{lost}",),),
    ),
)
