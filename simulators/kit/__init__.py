"""What every simulator is made of: requests, records, clocks, a server."""
