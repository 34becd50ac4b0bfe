"""What is measured: each module is a scenario, with a function `run(bench)`."""
