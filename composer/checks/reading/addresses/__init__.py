"""Web and email addresses: what is wrong with them, and what was meant."""
