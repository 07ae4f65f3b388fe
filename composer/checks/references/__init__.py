"""References: people, items and places that the text points to and that are not there."""
