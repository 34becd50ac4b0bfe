"""Six systems that answer from bytes prepared beforehand, in a process of their own."""
