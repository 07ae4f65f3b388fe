"""Structure: items that stand there twice, are empty, unfinished, or hold another item's words."""
