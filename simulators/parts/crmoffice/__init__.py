"""The parts of CRM-Office."""
