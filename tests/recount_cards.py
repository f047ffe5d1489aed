"""The bills of `recount.py`: random rate cards, and what each of them charges for a project.

Written from docs/bills.md, not from the program's source. A bill is unknown, here `None`, as soon as one stage that makes
images has no price on the card. Covered: all five kinds of card; one price, classes by the longest edge and by megapixels,
lists by size; lists for calls with reference images; inputs charged, included or not said; per image and per call; models and
qualities that are not sold; discounts, other currencies, purchase fees; calls rounded up to credits; credits at a fixed rate,
in packs, and in plans with and without overage.
"""
import math
from fractions import Fraction as F
from recount_numbers import decimal, text

MILLION = 10**6
METERS = ["image_output", "image_input", "image_input_cached", "text_input", "text_input_cached"]
INPUTS = METERS[1:]
KINDS = ["tokens", "credits per token", "credits per image", "per image", "per image", "internal credits"]
# Each size in one orientation only: a listed size counts in both.
LISTED = ["1024x1024", "1024x1280", "1024x1536", "864x1536", "1600x2000", "2048x2048", "3840x2160", "2880x2880", "1024x672",
          "1920x640", "1408x480", "1920x1088"]
YUAN = F(71, 10)


class Card:
    """A rate card; what it does not have is `None`, empty or without effect."""
    def __init__(self, key, kind):
        self.key, self.kind = key, kind
        self.rate_of_currency, self.fee, self.discount = F(1), F(0), F(0)
        self.models = self.qualities = self.standard = self.batch = self.table = self.edit = self.inputs = None
        self.edit_references, self.per_call, self.rounds = 0, False, False
        self.credit = self.credit_usd = self.markup = None
        self.packs, self.plans = [], []

    @property
    def sells_credits(self):
        return self.kind.startswith("credits per")


# ---- random cards ----

def random_price(rng, qualities, scale):
    """By quality; under `None` where it is the same in every quality."""
    def one():
        return decimal(rng, F(5, 1000) * scale, F(3, 10) * scale, 4)

    if rng.random() < 0.3:
        return {None: one()}
    named = [quality for quality in qualities if rng.random() < 0.85] or [qualities[0]]
    return {quality: one() for quality in named}


def random_table(rng, qualities, scale):
    form = rng.choice(["price", "long_edge", "megapixels", "size"])
    if form == "price":
        return form, random_price(rng, qualities, scale)
    if form == "size":
        return form, [(size, random_price(rng, qualities, scale)) for size in rng.sample(LISTED, rng.randint(4, 9))]
    edges = [F(1024), F(1536), F(2048), F(3000), F(3840)]
    millions = [F(7, 10), F(11, 10), F(17, 10), F(42, 10), F(83, 10)]
    bounds = sorted(rng.sample(edges if form == "long_edge" else millions, rng.randint(1, 3)))
    return form, [(bound, random_price(rng, qualities, scale)) for bound in bounds]


def random_rates(rng, meters, scale=1):
    return {meter: decimal(rng, 1, 40, 1) * scale for meter in meters}


def random_ways_to_pay(rng, card):
    if rng.random() < 0.5:
        card.credit = decimal(rng, F(5, 1000), F(1, 10), 3)
    credits = [100, 500, 1000, 5000]
    if card.credit is None or rng.random() < 0.3:
        card.packs = [(decimal(rng, 2, 60, 2), rng.choice(credits)) for _ in range(rng.randint(1, 2))]
    if rng.random() < 0.4:
        overage = decimal(rng, F(5, 1000), F(1, 10), 3) if rng.random() < 0.5 else None
        card.plans = [(decimal(rng, 2, 60, 2), rng.choice(["month", "month", "year"]), rng.choice(credits), overage)]


def random_images(rng, card, qualities):
    scale = 1 if card.kind == "per image" else 60
    card.table = random_table(rng, qualities, scale)
    card.per_call = rng.random() < 0.3
    said = rng.choice(["included", "charged", "edit", None])
    if said == "edit":
        card.edit, card.edit_references = random_table(rng, qualities, scale), rng.choice([1, 2])
    else:
        card.inputs = said
    if said == "charged":
        card.standard = random_rates(rng, INPUTS, scale)


def random_card(rng, key, grids):
    card = Card(key, rng.choice(KINDS))
    every = list(dict.fromkeys(quality for grid in grids.values() for quality in grid))
    if card.kind != "internal credits":
        card.rate_of_currency = YUAN if rng.random() < 0.3 else F(1)
        card.fee = F(11, 200) if rng.random() < 0.25 else F(0)
    if rng.random() < 0.1:
        card.qualities = rng.sample(every, 4)
    if rng.random() < 0.1:
        card.models = [rng.choice(list(grids))]
    if card.kind == "tokens":
        card.discount = decimal(rng, 0, F(6, 10), 2) if rng.random() < 0.5 else F(0)
        if not card.discount or rng.random() < 0.5:
            card.standard = random_rates(rng, METERS)
            card.batch = random_rates(rng, METERS) if rng.random() < 0.5 else None
    elif card.kind == "credits per token":
        card.standard = random_rates(rng, METERS, 20)
    elif card.kind == "internal credits":
        card.credit_usd, card.markup = F(1, 10), decimal(rng, 0, F(1, 2), 2)
    else:
        random_images(rng, card, every)
    if card.table is None and card.credit_usd is None and rng.random() < 0.2:
        card.inputs = "included"
    if card.sells_credits:
        card.rounds = rng.random() < 0.4
        random_ways_to_pay(rng, card)
    return card


def random_cards(rng, grids):
    return [random_card(rng, "card-%d" % i, grids) for i in range(rng.randint(1, 4))]


# ---- as a project file spells them ----

def price_toml(price):
    if None in price:
        return text(price[None])
    return "{ %s }" % ", ".join("%s = %s" % (quality, text(value)) for quality, value in price.items())


def table_toml(table):
    form, rows = table
    if form == "price":
        return ["price = " + price_toml(rows)]
    if form == "size":
        return ["size.%s = %s" % (size, price_toml(price)) for size, price in rows]
    tiers = []
    for at, (bound, price) in enumerate(rows):
        named = ", ".join("%s = %s" % (quality or "price", text(value)) for quality, value in price.items())
        tiers.append("tier.T%d = { %s = %s, %s }" % (at, form, text(bound), named))
    return tiers


def quoted(names):
    return "[%s]" % ", ".join('"%s"' % name for name in names)


def pay_toml(card):
    out = []
    if card.credit is not None:
        out.append("usd_per_credit = " + text(card.credit))
    for at, (price, credits) in enumerate(card.packs):
        out.append("pack.p%d = { usd = %s, credits = %d }" % (at, text(price), credits))
    for at, (price, per, credits, overage) in enumerate(card.plans):
        beyond = "" if overage is None else ", overage = " + text(overage)
        plan = 'plan.q%d = { usd = %s, per = "%s", credits = %d%s }'
        out.append(plan % (at, text(price), per, credits, beyond))
    return out


def card_toml(card):
    out = ["[card.%s]" % card.key, 'kind = "%s"' % card.kind, "checked = 2026-11-10", 'source = "recount"', 'grade = "A"']
    if card.rate_of_currency != 1:
        rate = text(card.rate_of_currency)
        out += ['currency = "CNY"', 'exchange = { rate = %s, as_of = 2026-11-20, source = "recount" }' % rate]
    for key, percent in (("fee", card.fee), ("discount", card.discount), ("markup", card.markup)):
        if percent:
            out.append('%s = "%s%%"' % (key, text(percent * 100)))
    for key, names in (("models", card.models), ("qualities", card.qualities)):
        if names:
            out.append("%s = %s" % (key, quoted(names)))
    for key, rates in (("standard", card.standard), ("batch", card.batch)):
        if rates:
            out.append("%s = { %s }" % (key, ", ".join("%s = %s" % (meter, text(rate)) for meter, rate in rates.items())))
    if card.inputs:
        out.append('inputs = "%s"' % card.inputs)
    if card.per_call:
        out.append('per = "call"')
    if card.rounds:
        out.append('rounding = "per call"')
    if card.credit_usd is not None:
        out.append("credit_usd = " + text(card.credit_usd))
    out += (table_toml(card.table) if card.table else []) + pay_toml(card)
    if card.edit:
        out += ["[card.%s.edit]" % card.key, *table_toml(card.edit), "references = %d" % card.edit_references]
    return "\n".join(out) + "\n"


# ---- the count ----

def edges(size):
    return sorted(int(edge) for edge in size.split("x"))


def listed(table, size, quality):
    """The price of an image on a list; `None` if it has none."""
    form, rows = table
    if form == "price":
        price = rows
    elif form == "size":
        price = next((price for listed_size, price in rows if edges(listed_size) == edges(size)), {})
    else:
        short, long = edges(size)
        measure = F(long) if form == "long_edge" else F(short * long, MILLION)
        price = next((price for bound, price in rows if measure <= bound), {})
    return price.get(None, price.get(quality))


def by_tokens(card, stage, official):
    """Units of one image."""
    rates = card.standard or official[stage.tier]
    if stage.tier == "batch" and card.batch:
        rates = card.batch
    meters = METERS if card.inputs != "included" else METERS[:1]
    # The official rates are USD whatever the card's currency is.
    currency = card.rate_of_currency if card.standard and card.kind == "tokens" else F(1)
    return sum(stage.tokens[meter] * F(rates[meter]) for meter in meters) / MILLION * (1 - card.discount) / currency


def of_a_call(card, stage):
    """Units of a call by a list of images; `None` if a price is missing."""
    table = card.table
    if stage.references and card.edit:
        table = card.edit if stage.references <= card.edit_references else None
    elif stage.references and card.inputs is None:
        table = None
    price = listed(table, stage.size, stage.quality) if table else None
    if price is None:
        return None
    units = price if card.per_call else price * stage.images_per_call
    if card.inputs == "charged":
        units += sum(stage.tokens[meter] * card.standard[meter] for meter in INPUTS) / MILLION * stage.images_per_call
    return units


def of_stage(card, stage, official):
    """Units of all images of a stage, without the buffer; `None` if they are unknown."""
    if not stage.images:
        return F(0)
    if (card.models and stage.model not in card.models) or (card.qualities and stage.quality not in card.qualities):
        return None
    if card.kind == "internal credits":
        return stage.images * by_tokens(Card("", "tokens"), stage, official) * (1 + stage.surcharge)
    if card.table:
        a_call = of_a_call(card, stage)
        if a_call is None:
            return None
        return stage.calls * (math.ceil(a_call) if card.rounds else a_call)
    an_image = by_tokens(card, stage, official)
    if card.rounds:
        return stage.calls * math.ceil(an_image * stage.images_per_call)
    return stage.images * an_image


def in_packs(packs, credits):
    """The least that this many credits cost in at most two packs; `None` without packs."""
    if credits <= 0 or not packs:
        return F(0) if credits <= 0 else None
    best, *others = sorted(packs, key=lambda pack: pack[0] / pack[1])
    totals = [math.ceil(credits / best[1]) * best[0]]
    for price, size in others:
        # As many of a dearer pack as hold a whole number of the best one are never cheaper than those.
        for count in range(1, math.lcm(size, best[1]) // size):
            rest = max(F(0), credits - count * size)
            totals.append(count * price + math.ceil(rest / best[1]) * best[0])
    return min(totals)


def for_credits(card, credits, months):
    """The least that credits cost, in the card's currency; `None` if there is no way to buy as many."""
    ways = [None if card.credit is None else credits * card.credit, in_packs(card.packs, credits)]
    for price, per, monthly, overage in card.plans:
        fee = price * (months if per == "month" else 1)    # no project of these lasts longer than a year
        beyond = max(F(0), credits - monthly * months)
        on_top = beyond * overage if overage is not None else in_packs(card.packs, beyond)
        ways.append(None if on_top is None else fee + on_top)
    return min((way for way in ways if way is not None), default=None) if credits else F(0)


def bill(card, stages, months, official):
    """(total in USD, credits with the buffer), each `None` if it is unknown or there is none."""
    units = [(of_stage(card, stage, official), stage.buffer) for stage in stages]
    if any(each is None for each, _ in units):
        return None, None
    total = sum((each * (1 + buffer) for each, buffer in units), F(0))
    if card.kind == "internal credits":
        return total * (1 + card.markup), total * (1 + card.markup) / card.credit_usd
    if card.kind == "tokens":
        return total * (1 + card.fee), None
    if card.kind == "per image":
        return total / card.rate_of_currency * (1 + card.fee), None
    paid = for_credits(card, total, months)
    return None if paid is None else paid / card.rate_of_currency * (1 + card.fee), total
