"""What a link of our own making says of how it came to be: `links.matched_by`."""

CREATED = "created"
ADOPTED = "external_reference"
