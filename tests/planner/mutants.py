"""Rules of the merge switched off, one at a time: the comparison has to notice each.

A mutant is a piece of a model's compiled SQL and what stands there instead.
"""

from dataclasses import dataclass, replace

import duckdb

from lenke.home.places import Home
from lenke.run.dbt import BuildOptions
from tests import compiled

NOT_COMPARED = ('."inspection".', "outbound_requests", "outbound_plan_stamp")


@dataclass(frozen=True)
class Mutant:
    """A rule that is switched off."""

    model: str
    rule: str
    instead: str


MUTANTS = {
    "ties_go_to_the_last_flow": Mutant(
        "merge_winners",
        "is_source desc, seed_order asc",
        "seed_order desc",
    ),
    "clocks_are_exact": Mutant(
        "merge_winners",
        "<= greatest(clock_uncertainty_s, coalesce(doubt_of_newest, 0))",
        "<= 0",
    ),
    "a_missing_stamp_is_old": Mutant(
        "merge_winners", "edited_at is null\n        or ", ""
    ),
    "a_cut_copy_beats_the_whole": Mutant(
        "merge_contestants",
        "coalesce(the_other_way.properties_in_common, 0) < other.edited_properties",
        "false",
    ),
    "a_cut_copy_in_a_group_is_agreed_on": Mutant(
        "merge_agreed",
        "coalesce(fullest.whole_value, winning_edits.new_value)",
        "winning_edits.new_value",
    ),
    "a_copy_silences_a_third": Mutant(
        "merge_contestants", "where above.entry_key is null", ""
    ),
    "targets_contest_one_way_properties": Mutant(
        "merge_contestants", "where is_source or direction = 'both'", ""
    ),
    "an_unseen_agreed_value_does_not_contest": Mutant(
        "merge_unseen_agreed", "edits.was_waiting", "false"
    ),
    "an_old_value_beats_its_own_successor": Mutant(
        "merge_unseen_agreed", "and editors.member_key is null", ""
    ),
    "what_we_delivered_explains_nothing": Mutant(
        "merge_edits",
        "current_value is not distinct from delivered_as_stored",
        "false",
    ),
    "a_respelling_is_an_edit": Mutant(
        "merge_edits",
        "else current_value is distinct from observed_value",
        "else true",
    ),
    "a_first_meeting_is_an_edit": Mutant("merge_edits", "and has_observation", ""),
    "an_absent_member_reads_as_null": Mutant(
        "merge_values", "native is not null as is_known", "true as is_known"
    ),
    "an_absent_member_is_never_written": Mutant(
        "merge_natives", "then coalesce(observed, 'null')", "then null"
    ),
    "links_that_change_leave_values_delivered": Mutant(
        "merge_values", "and changed_references.flow is null", ""
    ),
    "our_own_stamp_is_a_persons": Mutant(
        "merge_natives",
        "coalesce(\n            record_states.stamp_is_ours\n",
        "coalesce(\n            false\n",
    ),
    "a_listing_outranks_a_later_write": Mutant(
        "merge_natives",
        "record_states.written_at >= member_properties.loaded_at",
        "false",
    ),
    "groups_are_decided_one_by_one": Mutant(
        "stg_seeds__mapped_properties",
        "coalesce(sides.property_group, sides.property) as property_group",
        "sides.property as property_group",
    ),
    "a_period_is_decided_as_a_whole": Mutant(
        "merge_decided_edits",
        "when merging_singly.source_key is not null then edits.property",
        "when false then edits.property",
    ),
    "a_period_ends_before_it_starts": Mutant(
        "merge_decided_edits",
        "coalesce(first_one.new_value <= second_one.new_value, true)",
        "true",
    ),
    "an_agreed_value_is_beaten_in_its_group_too": Mutant(
        "merge_conflicts",
        "and unseen.property_group = decided_units.property_group",
        "",
    ),
    "half_a_group_is_written": Mutant(
        "merge_outcomes",
        "case when waits_for_its_group then 'held' else outcome_alone end as outcome",
        "outcome_alone as outcome",
    ),
    "half_a_group_is_written_beside_what_is_not_shown": Mutant(
        "merge_outcomes",
        "and (not is_delivered or delivered is distinct from agreed_value)",
        "and false",
    ),
    "a_first_meeting_asks_the_last_flow": Mutant(
        "merge_agreed",
        "order by is_source desc, seed_order asc",
        "order by seed_order desc",
    ),
    "an_unknown_reference_is_overwritten": Mutant(
        "merge_outcomes", "when holds_unknown_reference then 'held'", ""
    ),
    "what_must_not_be_empty_is_emptied": Mutant(
        "merge_outcomes",
        "when value_to_store is null and not is_nullable then 'held'",
        "",
    ),
    "letters_are_written_when_they_meet": Mutant(
        "merge_outcomes", "(not has_observation or stood_for = agreed_value)", "false"
    ),
    "typed_letters_stay_where_they_were_typed": Mutant(
        "merge_outcomes", "or rule in ('stays', 'first_meeting')", "or true"
    ),
    "an_unexplained_answer_is_written_over": Mutant(
        "merge_outcomes", "else 'as_stored' end", "else 'update' end"
    ),
    "losers_are_forgotten": Mutant(
        "merge_conflicts", "or (winners.winner_key <> edits.member_key)", ""
    ),
    "an_end_before_its_start_is_sent": Mutant(
        "merge_outcomes", "when is_misordered then 'held'", ""
    ),
    "an_overwritten_answer_is_forgotten": Mutant(
        "merge_conflicts",
        "where outcome = 'update' and holds_answer",
        "where false",
    ),
    "a_lost_edit_stands_for_the_agreed_value": Mutant(
        "merge_ledger_observations",
        "when native_changed or not has_observation then false",
        "when not has_observation then false",
    ),
    "who_waits_is_not_looked_at": Mutant(
        "merge_touched_stars", "or record_states.waits", ""
    ),
    "changed_seeds_are_not_looked_at": Mutant(
        "merge_touched_stars",
        "or seed_versions.seeds_version is distinct from record_states.seeds_version",
        "",
    ),
    "what_turns_in_bulk_is_believed": Mutant(
        "merge_resting_properties", "where rests", "where false"
    ),
    "mass_edits_rest": Mutant(
        "merge_resting_properties", "and 2 * turned.unmoved >= turned.records", ""
    ),
    "what_rests_is_forgotten": Mutant(
        "merge_resting_properties",
        "when resting_before.name is not null",
        "when false",
    ),
    "masks_are_values": Mutant(
        "merge_sights",
        "is_masked or is_unshown or rests as is_hidden",
        "is_unshown or rests as is_hidden",
    ),
    "a_record_that_hides_a_value_is_sent_back": Mutant(
        "merge_sights",
        "is_sent_whole and (is_masked or rests) as",
        "false as",
    ),
    "the_group_of_a_hidden_value_is_written": Mutant(
        "merge_outcomes", "or is_left_out", ""
    ),
    "members_that_no_record_shows_are_written": Mutant(
        "merge_missing_members", "count(*) >= max(limits.limit_value)", "false"
    ),
    "a_mask_that_was_agreed_on_is_written": Mutant(
        "merge_outcomes", "then 'agreed_mask'", "then null"
    ),
    "a_stamp_of_the_future_wins": Mutant(
        "merge_edits",
        "when unexplained.stamp_is_ahead then unexplained.loaded_at",
        "",
    ),
    "an_agreed_value_of_the_future_wins": Mutant(
        "stg_ledger__agreed_values", "then agreed_at", "then won_at"
    ),
    "a_stamp_of_the_future_is_a_proof": Mutant(
        "merge_natives", "has_newer_stamp and not stamp_is_ahead", "has_newer_stamp"
    ),
    "a_known_stamp_of_the_future_makes_all_old": Mutant(
        "merge_natives",
        "is_before_known and not known_stamp_is_ahead",
        "is_before_known",
    ),
    "open_writes_are_believed": Mutant(
        "match_records", "and open_writes.record_key is null", ""
    ),
}


def decide_without(mutant: Mutant, home: Home) -> None:
    """Build what is compared once more, from all models but for one rule of one."""
    nodes = []
    for node in compiled.compiled_for(home, BuildOptions()).nodes:
        if node.name == mutant.model:
            assert node.sql.count(mutant.rule) == 1, node.sql
            node = replace(node, sql=node.sql.replace(mutant.rule, mutant.instead))
        if node.kind == "table" and not any(n in node.relation for n in NOT_COMPARED):
            nodes.append(node)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        compiled.prepare(warehouse, home)
        compiled.run(warehouse, nodes)
