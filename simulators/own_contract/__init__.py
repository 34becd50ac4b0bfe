"""The contract of our own, which customer-built systems follow."""
