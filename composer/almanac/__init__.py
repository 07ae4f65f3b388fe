"""Dates and times as people write them in prose, the days that they mean, and the bank holidays."""
