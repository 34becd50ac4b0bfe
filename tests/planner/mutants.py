"""Rules of the merge switched off, one at a time: the comparison has to notice each.

A mutant is a piece of a model's compiled SQL and what stands there instead.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb

from lenke.build.nodes import prepare, run
from lenke.build.options import BuildOptions
from lenke.home.places import Home
from tests import compiled

NOT_COMPARED = ('."inspection".', "outbound_requests", "outbound_plan_stamp")


@dataclass(frozen=True)
class Mutant:
    """A rule that is switched off."""

    model: str
    rule: str
    instead: str


MUTANTS = {
    "what_rests_is_believed": Mutant(
        "merge_members", "and resting_links.flow is null", ""
    ),
    "who_is_paused_is_believed": Mutant(
        "merge_members", "and pauses.paused is null", ""
    ),
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
        "merge_agreeing",
        "coalesce(the_other_way.properties_in_common, 0) < other.edited_properties",
        "false",
    ),
    "a_cut_copy_in_a_group_is_agreed_on": Mutant(
        "merge_winning_edits",
        "coalesce(fullest.whole_value, winning_edits.new_value)",
        "winning_edits.new_value",
    ),
    "a_copy_silences_a_third": Mutant(
        "merge_agreeing", "where above.contestant_key is null", ""
    ),
    "targets_contest_one_way_properties": Mutant(
        "merge_contestant_values", "where is_source or direction = 'both'", ""
    ),
    "an_unseen_agreed_value_does_not_contest": Mutant(
        "merge_unseen_agreed", "edits.was_waiting", "false"
    ),
    "an_old_value_beats_its_own_successor": Mutant(
        "merge_unseen_agreed", "and editors.member_key is null", ""
    ),
    "what_we_delivered_explains_nothing": Mutant(
        "merge_sights",
        "when beside_delivered = 'same' and not was_alike then 'echo'",
        "",
    ),
    "a_respelling_is_an_edit": Mutant(
        "merge_sights",
        "when kind <> 'reference' then 'respelt'",
        "when kind <> 'reference' then 'other'",
    ),
    "a_first_meeting_is_an_edit": Mutant(
        "merge_sights", "when not has_observation then 'first_meeting'", ""
    ),
    "an_absent_member_reads_as_null": Mutant(
        "merge_believed", "when shown_native is null then 'not_shown'", ""
    ),
    "an_absent_member_is_never_written": Mutant(
        "merge_natives", "then coalesce(observed, 'null')", "then null"
    ),
    "links_that_change_leave_values_delivered": Mutant(
        "merge_values", "and changed_references.flow is null", ""
    ),
    "our_own_stamp_is_a_persons": Mutant(
        "merge_proofs",
        "record_states.stamp_is_ours\n            and record_states.change_stamp =",
        "false\n            and record_states.change_stamp =",
    ),
    "a_listing_outranks_a_later_write": Mutant(
        "merge_natives",
        "proofs.outdates_listing and observations.record_key is not null",
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
        "when waits_for_its_group or starts_with(fate, 'held_') then 'held'",
        "when starts_with(fate, 'held_') then 'held'",
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
        "merge_fates",
        "when sights.sight = 'unknown_reference' then 'held_unknown_reference'",
        "",
    ),
    "what_must_not_be_empty_is_emptied": Mutant(
        "merge_wanted", "and not to_store.is_nullable", "and false"
    ),
    "letters_are_written_when_they_meet": Mutant(
        "merge_fates",
        "(not sights.has_observation or sights.stood_for = wanted.agreed_value)",
        "false",
    ),
    "typed_letters_stay_where_they_were_typed": Mutant(
        "merge_fates", "or wanted.rule in ('stays', 'first_meeting', 'ask')", "or true"
    ),
    "an_unexplained_answer_is_written_over": Mutant(
        "merge_fates", "else 'as_stored'", "else 'update'"
    ),
    "losers_are_forgotten": Mutant(
        "merge_conflicts",
        "or (winners.winner_key not in (edits.member_key, 'nobody'))",
        "",
    ),
    "an_end_before_its_start_is_sent": Mutant(
        "merge_wanted",
        "when ends_before_start.property_group is not null then 'ends_before_start'",
        "",
    ),
    "an_overwritten_answer_is_forgotten": Mutant(
        "merge_conflicts",
        "where outcome = 'update' and beside_delivered = 'unexplained'",
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
        "merge_resting_properties",
        "and 2 * changes_of_sight.unmoved >= changes_of_sight.turned",
        "",
    ),
    "what_rests_is_forgotten": Mutant(
        "merge_resting_properties",
        "when resting_before.name is not null",
        "when false",
    ),
    "masks_are_values": Mutant(
        "merge_hidden",
        "is_masked or is_unshown or rests as is_hidden",
        "is_unshown or rests as is_hidden",
    ),
    "a_record_that_hides_a_value_is_sent_back": Mutant(
        "merge_hidden",
        "is_sent_whole and (is_masked or rests) as",
        "false as",
    ),
    "the_group_of_a_hidden_value_is_written": Mutant(
        "merge_wanted", "when hidden.property is not null then 'left_alone'", ""
    ),
    "members_that_no_record_shows_are_written": Mutant(
        "merge_missing_members", "count(*) >= max(limits.limit_value)", "false"
    ),
    "a_mask_that_was_agreed_on_is_written": Mutant(
        "merge_wanted", "then 'agreed_mask'", "then null"
    ),
    "a_stamp_of_the_future_wins": Mutant(
        "merge_proofs", "when stamp_is_ahead then loaded_at", ""
    ),
    "an_agreed_value_of_the_future_wins": Mutant(
        "stg_ledger__agreed_values", "then agreed_at", "then won_at"
    ),
    "a_stamp_of_the_future_is_a_proof": Mutant(
        "merge_proofs", "has_newer_stamp and not stamp_is_ahead", "has_newer_stamp"
    ),
    "a_known_stamp_of_the_future_makes_all_old": Mutant(
        "merge_proofs",
        "is_before_known and not known_stamp_is_ahead as",
        "is_before_known as",
    ),
    "the_seeds_name_no_winner": Mutant(
        "merge_winners", "coalesce(wins_by, 'ask') = 'ask' asc,", ""
    ),
    "only_its_own_word_wins_by_the_seeds": Mutant(
        "merge_contestants",
        "least(all_contestants.wins_by, latest_agreeing.wins_by) as wins_by",
        "all_contestants.wins_by as wins_by",
    ),
    "nobody_is_asked": Mutant(
        "merge_winners", "coalesce(ranked.wins_by = 'ask', false)", "false"
    ),
    "what_is_asked_about_is_written_over": Mutant(
        "merge_fates", "wanted.rule = 'ask'", "false"
    ),
    "what_is_asked_about_is_forgotten": Mutant(
        "merge_ledger_observations",
        "and held_because is distinct from 'needs_decision'",
        "",
    ),
    "an_agreed_value_that_nobody_saw_is_not_asked_about": Mutant(
        "merge_asked", "and editors.member_key is null", "and false"
    ),
    "any_target_wins_by_the_seeds": Mutant(
        "merge_contestant_values", "and precedence.flow = members.flow", ""
    ),
    "open_writes_are_believed": Mutant(
        "match_records", "and open_writes.record_key is null", ""
    ),
}


def decide_without(mutant: Mutant, home: Home) -> None:
    """Build what is compared once more, from all models but for one rule of one."""
    nodes = []
    for node in compiled.models().nodes:
        if node.name == mutant.model:
            assert node.sql.count(mutant.rule) == 1, node.sql
            node = replace(node, sql=node.sql.replace(mutant.rule, mutant.instead))
        is_mutable = node.kind == "table" or '."merging".' in node.relation
        if is_mutable and not any(n in node.relation for n in NOT_COMPARED):
            nodes.append(node)
    with duckdb.connect(str(home.warehouse)) as warehouse:
        prepare(warehouse, home.ledger, BuildOptions(now=datetime.now(UTC)))
        run(warehouse, nodes)
