"""Language: spelling, spacing and typing, as far as a machine can be sure of it."""
