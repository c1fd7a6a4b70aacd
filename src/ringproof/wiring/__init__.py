"""
From settings to what runs: the only place that names adapters.

Each part imports what it opens when it opens it, so that a function which needs little loads little.
"""
