"""Which lines to show. A line is never hidden for its age, only dated."""

from typing import Final

from backend.directory.facts import Line, lines_all

# Where 112 reaches the emergency services because the country is a member of the European Union.
EU: Final = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    )
)  # fmt: skip


def lines_for(country: str) -> tuple[Line, ...]:
    """The lines of a country (ISO 3166, upper case), the emergency number first; of the EU for a member without its own. May be empty."""
    own = tuple(line for line in lines_all() if line.country == country)
    if not own and country in EU:
        return lines_for("EU")
    return own


def countries() -> tuple[str, ...]:
    """The countries that have lines, in the file's order, ``EU`` among them."""
    return tuple(dict.fromkeys(line.country for line in lines_all()))
