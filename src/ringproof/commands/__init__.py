"""What can be typed after `ringproof`: one command a file, each with its own Typer `app`."""
