"""What must never leak, be half-written or be shared: files, keys, identity numbers."""
