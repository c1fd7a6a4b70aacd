"""Bodies and answers, by audience."""
