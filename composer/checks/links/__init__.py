"""Links: words that do not say where they lead, and addresses that lead nowhere or tell on the reader."""
