"""How CRM-Office stores what it is sent."""
