"""The nouns and rules of a verified call: frozen types and plain functions, time passed in."""
