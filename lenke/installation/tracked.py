"""What git must not see of an installation, and whether it does."""

import subprocess
from pathlib import Path

GITIGNORE = """\
# Secrets: never in git.
.dlt/secrets.toml
hash.key
*.refresh_token*

# Records of the systems, and what is remembered of them: back these up, elsewhere.
*.duckdb*
*.zip

# Which home this is, and what runs leave behind.
ledger.id
home.mark
lenke.alerts
lenke.lock
lenke.running
.loading-*/
logs/
target/
simulated/
demo/

# Written by `lenke check`, for `dbt build`.
profiles.yml
"""


def tracked(folder: Path) -> tuple[list[str], str | None]:
    """Name the files that git tracks and must not; or say why nobody can tell."""
    # Told on the command line, a pattern is that of the whole repository.
    patterns = [f"--exclude=**/{line}" for line in _patterns()]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            ["git", "-C", str(folder), "ls-files", "-z", "-c", "-i", *patterns],  # noqa: S607 - the git that is on the path
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return [], "There is no git here, so nobody looked at what it tracks."
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it ended without words"]
        return [], f"git can't be asked what it tracks: {lines[0]}"
    return [name for name in done.stdout.split("\0") if name], None


def _patterns() -> list[str]:
    return [line for line in GITIGNORE.splitlines() if line and line[0] != "#"]
