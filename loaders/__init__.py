"""READ: what is read from each system, how edits and deletions show, what is left out.

A file is a system; the folders are machinery. Pages become
arrow batches with each record's verbatim JSON, and dlt merges them into
`raw_<system>.<entity>` in the warehouse.
"""
