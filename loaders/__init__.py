"""READ: what is read from each system, how edits and deletions show, what is left out.

A file without a leading underscore is a system; the others are machinery. Pages become
arrow batches with each record's verbatim JSON, and dlt merges them into
`raw_<system>.<entity>` in the warehouse.
"""
