"""Dates in sentences: which day is meant, whether it is a deadline, an announcement or a report."""
