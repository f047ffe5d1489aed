"""Exact numbers of `recount.py` and `recount_cards.py`."""
from fractions import Fraction as F


def ends(value):
    """Whether a fraction ends as a decimal."""
    d = value.denominator
    for p in (2, 5):
        while d % p == 0:
            d //= p
    return d == 1


def to_places(value, places):
    """Rounded half to even."""
    return F(round(value * 10**places), 10**places)


def once(value):
    """A quotient that does not end is kept to 18 decimals."""
    return value if ends(value) else to_places(value, 18)


def decimal(rng, low, high, places):
    """A random decimal from low to high."""
    return F(rng.randint(int(low * 10**places), int(high * 10**places)), 10**places)


def text(value):
    """A fraction that ends, as decimal text."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (digits if places == 0 else digits[:-places] + "." + digits[-places:])
