"""What ringproof does, one verb a file."""
