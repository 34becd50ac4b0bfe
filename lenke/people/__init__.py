"""What people decide: links, values, refusals, records of their own."""
