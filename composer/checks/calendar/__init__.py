"""Calendar: dates that contradict themselves, each other, or the day of the issue."""
