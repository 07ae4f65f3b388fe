"""Words: how British English spells them, how they are often misspelt, and which the newsletter has of its own."""
