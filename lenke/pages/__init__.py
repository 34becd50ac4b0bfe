"""Pages to show: self-contained HTML, without scripts and without anything fetched."""
