-- `waits`: the next build looks at the record. `written_at` says that the observations
-- are newer than a listing.
merge into ledger.record_states as states
using (
    select * replace (case when not is_adopted then written_at end as written_at)
    from newly_done
    where newest_first = 1 and operation <> 'delete'
) as written
    on states.record_key = written.record_key
when matched then
    update
        set
            change_stamp = written.stored_stamp,
            stamp_is_ours = not written.is_adopted,
            record_version = written.stored_version,
            waits = true,
            written_at = coalesce(written.written_at, states.written_at),
            run_id = written.run_id
when not matched then insert (
    record_key, content_hash, change_stamp, stamp_is_ours, record_version,
    seeds_version, waits, written_at, run_id
) values (
    written.record_key, null, written.stored_stamp, not written.is_adopted,
    written.stored_version, null, true, written.written_at, written.run_id
);
