"""Who asks: bearer tokens of two identity providers, and API keys."""
