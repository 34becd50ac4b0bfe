"""The pages, one in each file: what it asks, and the sentence that it begins with."""
