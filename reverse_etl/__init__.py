"""WRITE: one file per system, beside the guards, the push and the ledger."""
