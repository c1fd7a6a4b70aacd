"""The HTTP API, by audience."""
