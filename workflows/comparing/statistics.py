"""P values from test statistics, by exact distributions: what a reported statistic gives, whatever is claimed."""

import math

_TINY, _STEPS = 1e-300, 300


def p_of(test: str, statistic: float, first: float = 0.0, second: float = 0.0) -> float:
    """The two-sided p of z, t(first), r(first), and the upper tail of F(first, second) and chi2(first).

    Raises ValueError for another test or for degrees of freedom that are not positive.
    """
    if test == "z":
        return math.erfc(abs(statistic) / math.sqrt(2))
    if first <= 0:
        raise ValueError(f"{test} needs degrees of freedom")
    if test == "t":
        return _beta_share(first / 2, 0.5, first / (first + statistic**2))
    if test == "r":
        rest = 1 - statistic**2
        return 0.0 if rest <= 0 else p_of("t", statistic * math.sqrt(first / rest), first)
    if test == "F" and second > 0:
        return _beta_share(second / 2, first / 2, second / (second + first * statistic)) if statistic > 0 else 1.0
    if test == "chi2":
        return _gamma_tail(first / 2, statistic / 2)
    raise ValueError(f"no distribution for {test}")


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz; Numerical Recipes 6.4)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, _STEPS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + numerator * d)
            c = _not_zero(1 + numerator / c)
            h *= d * c
        if abs(d * c - 1) < 1e-12:  # noqa: PLR2004
            break
    return h


def _gamma_tail(a: float, x: float) -> float:
    """The upper regularised incomplete gamma function: a series near zero, a continued fraction beyond."""
    if x <= 0:
        return 1.0
    front = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, _STEPS):
            term *= x / (a + n)
            total += term
        return 1 - total * front
    b, c, d = x + 1 - a, 1 / _TINY, 1 / (x + 1 - a)
    h = d
    for n in range(1, _STEPS):
        b += 2
        d = 1 / _not_zero(-n * (n - a) * d + b)
        c = _not_zero(b - n * (n - a) / c)
        h *= d * c
    return front * h


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def agrees(p: float, sign: str, claimed: str, *, halved: bool) -> bool:
    """Whether a recomputed p can be what is claimed (`<`, `.05`), rounded as it is written; `halved` if one-sided."""
    value = float(claimed)
    digits = len(claimed.partition(".")[2])
    slack = 0.5 * 10**-digits
    candidates = (p, p / 2) if halved else (p,)
    if sign == "<":
        return any(candidate < value + slack for candidate in candidates)
    if sign == ">":
        return any(candidate > value - slack for candidate in candidates)
    return any(abs(candidate - value) <= slack + 1e-12 for candidate in candidates)
