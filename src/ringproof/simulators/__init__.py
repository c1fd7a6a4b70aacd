"""Protocol-level servers that stand for other companies; they know nothing of ours but the wire."""
