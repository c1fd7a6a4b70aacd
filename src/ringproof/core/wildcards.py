"""AWS's wildcards: `*` is any text, `?` any one character. Two questions about two patterns."""


def covers(pattern: str, other: str) -> bool:
    """
    True only if *pattern* matches everything that *other*, itself a pattern, matches.

    It may be False where several stars together would cover: whoever asks must be safe with that.
    """
    # A star of the other's can be matched by a star alone, so it is read as a letter of its own.
    reached = _after_stars(pattern, {0})
    for letter in other:
        stay = {at for at in reached if at < len(pattern) and pattern[at] == "*"}
        taken = {at + 1 for at in reached if at < len(pattern) and _takes(pattern[at], letter)}
        reached = _after_stars(pattern, stay | taken)
    return len(pattern) in reached


def overlap(one: str, other: str) -> bool:
    """True if some text matches both patterns."""
    # below[j]: what is left of one and other[j:] have a text in common.
    below = [not other[j:].strip("*") for j in range(len(other) + 1)]
    for letter in reversed(one):
        row = [letter == "*" and below[-1]]
        for j in reversed(range(len(other))):
            row.append(_meet(letter, other[j], skip=below[j], stay=row[-1], both=below[j + 1]))
        below = row[::-1]
    return below[0]


def _meet(letter: str, other: str, *, skip: bool, stay: bool, both: bool) -> bool:
    """Go on past *letter*, past *other*, or past both, as a star may."""
    if "*" in (letter, other):
        return skip or stay or both
    return both and (letter == other or "?" in (letter, other))


def _takes(letter: str, other: str) -> bool:
    return (letter == other and letter != "*") or (letter == "?" and other != "*")


def _after_stars(pattern: str, places: set[int]) -> set[int]:
    """Go on from every place that is a star: it may also match nothing."""
    reached = set(places)
    for at in range(len(pattern)):
        if at in reached and pattern[at] == "*":
            reached.add(at + 1)
    return reached
