"""How a list is read: pages, stamps, single records, and what a loader says of them."""
