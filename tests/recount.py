#!/usr/bin/env python3
"""Counts estimates again, apart from the program: random projects, exact fractions, every figure of the JSON compared.

    python3 tests/recount.py target/debug/retake [--projects 1000] [--seed 1] [--features LIST] [--keep DIR]

Written from the formulas in docs/counting.md and docs/bills.md, not from the program's source. It needs nothing but Python 3.9.
Exit status 0: no difference; 1: differences, the first ones printed with the project that shows them.

Two figures are equal if they are the same number. Counts are rounded to 18 decimals, half to even, once for each stage;
so is each part of a stage's cost whose decimals do not end. Where an exact product has more than the 28 digits of a
decimal, the nearest of those counts. Bills may differ by 1 in 10^15. `--features` names what random projects may use beyond the basics.
"""
import argparse, json, math, os, random, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction as F
sys.dont_write_bytecode = True
import recount_cards
from recount_numbers import decimal, ends, once, text, to_places

MILLION = 10**6
RATES = {  # USD per 1,000,000 tokens, pinned into every project, so that the check needs no built-in price
    "standard": {"image_output": "30.00", "image_input": "8.00", "image_input_cached": "2.00",
                 "text_input": "5.00", "text_input_cached": "1.25"},
    "batch": {"image_output": "15.00", "image_input": "4.00", "image_input_cached": "1.00",
              "text_input": "2.50", "text_input_cached": "0.625"},
}
GRID = {"gpt-image-2": {"low": 16, "medium": 48, "high": 96},
        "gpt-image-2.5-flare": {"low": 16, "medium": 24, "high": 48, "xhigh": 64, "max": 96}}
SIZES = ["1024x1024", "1024x1280", "1024x1536", "1536x1024", "864x1536", "1600x2000", "2048x2048", "3840x2160",
         "2880x2880", "1024x672"]
REFERENCES = ["1024x1024", "512x640", "2000x3000", "300x200", "1402x1122"]
OVERHEAD = 6
PARTIAL = 100


def output_tokens(model, size, quality):
    w, h = (int(x) for x in size.split("x"))
    long, short = max(w, h), min(w, h)
    grid = GRID[model][quality]
    n = grid * short
    k, r = divmod(n, long)
    if 2 * r > long or (2 * r == long and k % 2 == 1):
        k += 1
    return -(-(grid * k * (2_000_000 + w * h)) // 4_000_000)


def reference_tokens(size):
    w, h = (int(x) for x in size.split("x"))
    long = max(w, h)
    if long < 1024:
        scale = min(F(2), F(1024, long))
        w, h = (int(F(edge) * scale + F(1, 2)) for edge in (w, h))
    patches = -(-w // 32) * -(-h // 32)
    if patches <= 1536:
        return patches
    iw, ih = math.isqrt(1536 * w // h), math.isqrt(1536 * h // w)
    if iw * h <= ih * w:
        big_w, big_h = 32 * iw, 32 * iw * h // w
    else:
        big_h, big_w = 32 * ih, 32 * ih * w // h
    return -(-big_w // 32) * -(-big_h // 32)


# ---- random projects ----

def random_retry(rng, features):
    """How it is written, and the factor it means."""
    kind = rng.randrange(4 if "kept" in features else 3)
    if kind == 0:
        factor = decimal(rng, 1, 5, rng.randint(0, 3))
        return text(factor), factor
    if kind == 1:
        percent = rng.choice([F(40), F(60), F(30), F(70), F(85), F(100), decimal(rng, 5, 100, 1)])
        return '{ accepted = "%s%%" }' % text(percent), F(100) / percent
    if kind == 2:
        low, likely, high = sorted(decimal(rng, 1, 4, 2) for _ in range(3))
        written = "{ low = %s, likely = %s, high = %s }" % (text(low), text(likely), text(high))
        return written, (3 * low + 4 * likely + 3 * high) / 10
    made = rng.randint(3, 90)
    kept = rng.randint(1, made)
    return "{ kept = %d, made = %d }" % (kept, made), F(made, kept)


class Line:
    pass


def random_line(rng, index, features):
    line = Line()
    line.key = "line-%02d" % index
    line.model = rng.choice(list(GRID))
    line.tier = rng.choice(["standard", "standard", "batch"])
    line.size = rng.choice(SIZES)
    line.quality = rng.choice(list(GRID[line.model]))
    line.finals = rng.choice([0, 1, 1, 2, 5, 24, 60, rng.randint(1, 3000)])
    line.repeat = rng.choice([1, 1, 1, 2, 30]) if "repeat" in features else 1
    line.retry_text, line.retry = random_retry(rng, features)
    line.n = rng.choice([1, 1, 1, 2, 4, 10])
    line.pick = rng.choice(["one", "many"])
    line.buffer = rng.choice([F(0), F(20), decimal(rng, 0, 60, 1)])
    line.prompt = rng.choice([0, 180, rng.randint(0, 4000)])
    line.references = [rng.choice(REFERENCES) for _ in range(rng.choice([0, 0, 1, 2]))]
    line.cached = rng.choice([F(0), F(0), decimal(rng, 0, 100, 1)])
    line.partials = rng.choice([0, 0, 1, 3])
    line.explore = None
    if rng.random() < 0.3:
        size = [None, "1024x1024", "1536x1024"]
        line.explore = (rng.choice(list(GRID[line.model])), rng.randint(1, 8), rng.choice(size))
    line.tokens = None
    if "tokens" in features and rng.random() < 0.25:
        measured = {}
        if rng.random() < 0.8:
            measured["output"] = rng.randint(1, 12000)
        if line.references and (rng.random() < 0.5 or not measured):
            measured["reference"] = rng.randint(1, 3000)
        line.tokens = measured or None
    line.surcharge = decimal(rng, 0, 20, 1) if "invoice" in features and rng.random() < 0.4 else F(0)
    return line


def line_toml(line):
    out = ["[deliverable.%s]" % line.key, 'model = "%s"' % line.model, 'service_tier = "%s"' % line.tier,
           'size = "%s"' % line.size, 'quality = "%s"' % line.quality, "finals = %d" % line.finals,
           "retry = " + line.retry_text, "images_per_call = %d" % line.n,
           'pick = "%s"' % line.pick, 'buffer = "%s%%"' % text(line.buffer), "prompt_tokens = %d" % line.prompt,
           "references = [%s]" % ", ".join('"%s"' % r for r in line.references),
           'cached_input = "%s%%"' % text(line.cached),
           "partial_images = %d" % line.partials]
    if line.repeat != 1:
        out.append("repeat = %d" % line.repeat)
    if line.surcharge:
        out.append('surcharge = "%s%%"' % text(line.surcharge))
    if line.tokens:
        measured = ", ".join("%s = %d" % pair for pair in line.tokens.items())
        out.append('tokens = { %s, source = "usage of 3 calls" }' % measured)
    if line.explore:
        quality, drafts, size = line.explore
        out += ["[deliverable.%s.explore]" % line.key, 'quality = "%s"' % quality, "drafts_per_final = %d" % drafts]
        if size:
            out.append('size = "%s"' % size)
    return "\n".join(out) + "\n"


UNITS = ["project", "month", "deliverable", "final", "image", "call"]


def random_project(seed, features):
    rng = random.Random(seed)
    project = Line()
    project.lines = [random_line(rng, i, features) for i in range(rng.randint(1, 6))]
    project.markup = project.tax = F(0)
    project.fees, project.months = [], 1
    project.currency, project.rate = "USD", F(1)
    if rng.random() < 0.3:
        project.currency, project.rate = rng.choice([("EUR", F(92, 100)), ("JPY", F(15240, 100)), ("CHF", F(7, 8))])
    if "invoice" in features:
        project.markup = rng.choice([F(0), decimal(rng, -20, 60, 1)])
        project.tax = rng.choice([F(0), F(19), decimal(rng, 0, 30, 2)])
        project.months = rng.choice([1, 1, 3])
        for i in range(rng.choice([0, 0, 1, 3])):
            named = None
            if rng.random() < 0.5:
                named = rng.sample([l.key for l in project.lines], rng.randint(1, len(project.lines)))
            in_usd = rng.random() < 0.4
            project.fees.append(("fee-%d" % i, decimal(rng, 0, 200, 2), in_usd, rng.choice(UNITS), named))
    # Cards have a generator of their own: the rest of a project is the same with and without them.
    project.cards = recount_cards.random_cards(random.Random("cards %d" % seed), GRID) if "cards" in features else []
    return project


def project_toml(project):
    out = ["retake = 1", 'name = "Recount"', 'currency = "%s"' % project.currency]
    if project.currency != "USD":
        out += ["[exchange]", "rate = %s" % text(project.rate), "as_of = 2026-11-20"]
    if project.markup or project.tax:
        out.append("[assumptions]")
        if project.markup:
            out.append('markup = "%s%%"' % text(project.markup))
        if project.tax:
            out.append('tax = "%s%%"' % text(project.tax))
    for name, amount, in_usd, per, named in project.fees:
        written = 'amount = "%s USD"' if in_usd else "amount = %s"
        out += ["[fee.%s]" % name, written % text(amount), 'per = "%s"' % per]
        if named is not None:
            out.append("deliverables = [%s]" % ", ".join('"%s"' % key for key in named))
    if project.months != 1 or project.cards:
        named = ", ".join('"%s"' % card.key for card in project.cards)
        out += ["[bills]", "months = %d" % project.months, "compare = [%s]" % named]
    out += [recount_cards.card_toml(card) for card in project.cards]
    out += [line_toml(line) for line in project.lines]
    for model in GRID:
        out += ['[rates."openai/%s"]' % model, "checked = 2026-11-21", 'source = "recount"']
        for tier, rates in RATES.items():
            out.append("%s = { %s }" % (tier, ", ".join("%s = %s" % pair for pair in rates.items())))
    return "\n".join(out) + "\n"


# ---- the count ----

def counts(line):
    """Images and calls of the final stage, as exact fractions."""
    finals, r, n = line.finals * line.repeat, line.retry, line.n
    if n == 1:
        return finals * r, finals * r
    if line.pick == "one":
        calls = finals / (1 - (1 - 1 / r) ** n)
        return n * calls, calls
    calls = F(math.ceil(finals * r / n))
    return n * calls, calls


def stage_cost(line, images, size, quality, measured):
    rates = {meter: F(rate) for meter, rate in RATES[line.tier].items()}
    share = line.cached / 100
    output = F(measured["output"]) if "output" in measured else F(output_tokens(line.model, size, quality))
    output += PARTIAL * line.partials
    reference = F(sum(reference_tokens(r) for r in line.references))
    reference = F(measured["reference"]) if "reference" in measured else reference
    prompt = F(line.prompt + OVERHEAD)
    tokens = {"image_output": output, "image_input": reference * (1 - share), "image_input_cached": reference * share,
              "text_input": prompt * (1 - share), "text_input_cached": prompt * share}
    cost = {meter: once(images * count * rates[meter] / MILLION) for meter, count in tokens.items()}
    return tokens, cost


def expected(project):
    lines, totals = [], {"finals": 0, "images": F(0), "images_cost": F(0), "surcharge": F(0), "fees": F(0),
                         "subtotal": F(0), "buffer": F(0)}
    fees_of_lines = {line.key: [F(0), F(0)] for line in project.lines}   # all, and those that bear a buffer
    fee_rows, project_fees = [], F(0)
    for name, amount, in_usd, per, named in project.fees:
        usd = amount if in_usd or project.currency == "USD" else once(amount / project.rate)
        chosen = [l for l in project.lines if named is None or l.key in named]
        units = {"project": F(1), "month": F(project.months)}.get(per)
        if units is not None:
            project_fees += usd * units
        else:
            units = F(0)
            for line in chosen:
                images, calls = counts(line)
                one = {"deliverable": F(1 if line.finals > 0 else 0), "final": F(line.finals * line.repeat),
                       "image": to_places(images, 18), "call": to_places(calls, 18)}[per]
                units += one
                fees_of_lines[line.key][0] += usd * one
                if per != "deliverable":
                    fees_of_lines[line.key][1] += usd * one
        fee_rows.append({"fee": name, "per": per, "units": units, "amount": usd * units})
    for line in project.lines:
        stages = []
        if line.explore:
            quality, drafts, size = line.explore
            made = F(line.finals * line.repeat * drafts)
            stages.append(("explore", made, made, *stage_cost(line, made, size or line.size, quality, {})))
        images, calls = counts(line)
        stages.append(("final", images, calls, *stage_cost(line, images, line.size, line.quality, line.tokens or {})))
        images_cost = sum(sum(stage[4].values()) for stage in stages)
        surcharge = images_cost * line.surcharge / 100
        fees, with_buffer = fees_of_lines[line.key]
        subtotal = images_cost + surcharge + fees
        buffer = (images_cost + surcharge + with_buffer) * line.buffer / 100
        row = {"key": line.key, "stages": stages, "images_cost": images_cost, "surcharge": surcharge, "fees": fees,
               "subtotal": subtotal, "buffer": buffer, "total": subtotal + buffer}
        lines.append(row)
        totals["finals"] += line.finals * line.repeat
        totals["images"] += sum(to_places(stage[1], 18) for stage in stages)
        for key in ("images_cost", "surcharge", "fees", "subtotal", "buffer"):
            totals[key] += row[key]
    totals["project_fees"] = project_fees
    before = totals["subtotal"] + totals["buffer"] + project_fees
    totals["markup"] = before * project.markup / 100
    totals["tax"] = (before + totals["markup"]) * project.tax / 100
    totals["total"] = before + totals["markup"] + totals["tax"]
    return {"deliverables": lines, "totals": totals, "fees": fee_rows, "bills": bills(project, lines)}


def bills(project, rows):
    """Of each card, what the whole project costs."""
    stages = []
    for line, row in zip(project.lines, rows):
        for name, images, calls, tokens, _ in row["stages"]:
            stage = Line()
            is_final = name == "final"
            stage.images, stage.calls, stage.tokens = to_places(images, 18), to_places(calls, 18), tokens
            stage.model, stage.tier, stage.references = line.model, line.tier, len(line.references)
            stage.quality = line.quality if is_final else line.explore[0]
            stage.size = line.size if is_final else line.explore[2] or line.size
            stage.images_per_call = line.n if is_final else 1
            stage.buffer, stage.surcharge = line.buffer / 100, line.surcharge / 100
            stages.append(stage)
    return {card.key: recount_cards.bill(card, stages, project.months, RATES) for card in project.cards}


# ---- the comparison ----

# A decimal of the program has 28 digits: where an exact product has more, it is the nearest of those.
def same(found, wanted):
    if found is None:
        return False
    value = F(str(found))
    return value == wanted or (value != 0 and abs(value - wanted) <= abs(wanted) * F(1, 10**24))


def differences(found, wanted, features):
    said = []

    def check(where, value, right):
        if not same(value, right):
            said.append("%s: %s, should be %s" % (where, value, float(right) if not ends(right) else text(right)))

    if found.get("schema") != 2:
        said.append("schema: %r" % found.get("schema"))
    rows = {row["key"]: row for row in found["deliverables"]}
    money = ["subtotal", "buffer", "total"] + (["images_cost", "surcharge", "fees"] if "invoice" in features else [])
    for line in wanted["deliverables"]:
        row = rows.get(line["key"])
        if row is None:
            said.append("%s is missing" % line["key"])
            continue
        for key in money:
            check("%s.%s" % (line["key"], key), row.get(key), line[key])
        for stage, (name, images, calls, tokens, cost) in zip(row["stages"], line["stages"]):
            where = "%s.%s" % (line["key"], name)
            check(where + ".images", stage.get("images"), to_places(images, 18))
            check(where + ".calls", stage.get("calls"), to_places(calls, 18))
            for meter, count in tokens.items():
                check("%s.tokens.%s" % (where, meter), stage["tokens_per_image"].get(meter, 0), count)
                check("%s.cost.%s" % (where, meter), stage["cost"].get(meter, "0"), cost[meter])
    totals = ["finals", "images", "subtotal", "buffer", "total"]
    invoice = ["images_cost", "surcharge", "fees", "project_fees", "markup", "tax"]
    for key in totals + (invoice if "invoice" in features else []):
        check("totals." + key, found["totals"].get(key), wanted["totals"][key])
    if "invoice" in features:
        fees = {fee["fee"]: fee for fee in found.get("fees", [])}
        for fee in wanted["fees"]:
            row = fees.get(fee["fee"], {})
            check("fee %s units" % fee["fee"], row.get("units"), fee["units"])
            check("fee %s amount" % fee["fee"], row.get("amount"), fee["amount"])
    return said + different_bills(found.get("bills", []), wanted["bills"])


def different_bills(found, wanted):
    """Bills with another total or number of credits, or whose parts miss the difference from the official bill."""
    said, rows = [], {row["card"]: row for row in found}
    near = lambda a, b: abs(a - b) <= max(F(1), abs(b)) / 10**15
    exact = lambda row, key, fraction: F(row[fraction] if fraction in row else row[key])
    for card, (total, credits) in wanted.items():
        row = rows.get(card, {})
        if total is None or row.get("total") is None:
            if total is not None or row.get("total", "") is not None:
                said.append("bill %s: %s, should be %s" % (card, row.get("total"), total and float(total)))
            continue
        paid = exact(row, "total", "total_fraction")
        if not near(paid, total):
            said.append("bill %s: %s, should be %s" % (card, float(paid), float(total)))
        if credits is not None and not near(F(row["credits_with_buffer"]), credits):
            said.append("credits of %s: %s, should be %s" % (card, row["credits_with_buffer"], float(credits)))
        if "differs" in row:
            parts = sum((exact(part, "amount", "fraction") for part in row["differs"]), F(0))
            if not near(parts, paid - F(row["official"])):
                said.append("bill %s: the parts miss the difference by %s" % (card, float(parts - paid + F(row["official"]))))
    return said


def one(program, seed, features, folder):
    project = random_project(seed, features)
    path = os.path.join(folder, "recount-%d.retake.toml" % seed)
    with open(path, "w", encoding="utf-8") as file:
        file.write(project_toml(project))
    done = subprocess.run([program, "estimate", path, "--format", "json", "--today", "2026-11-29"],
                          capture_output=True, text=True, env={"HOME": folder, "PATH": os.environ.get("PATH", "")})
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return path, ["no JSON: " + (done.stderr or done.stdout)[:300]]
    issues = [issue for issue in found.get("issues", []) if issue["level"] == "error"]
    errors = ["%s %s: %s" % (issue["level"], issue["code"], issue["message"]) for issue in issues]
    said = errors + differences(found, expected(project), features)
    if not said:
        os.remove(path)
    return path, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--features", default="repeat,invoice,tokens,cards")
    parser.add_argument("--keep", help="a folder for the projects that differ")
    args = parser.parse_args()
    folder = args.keep or tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    features = set(filter(None, args.features.split(",")))
    bad = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        seeds = range(args.seed, args.seed + args.projects)
        for path, said in pool.map(lambda seed: one(args.program, seed, features, folder), seeds):
            if said:
                bad += 1
                if bad <= 10:
                    print(path)
                    print("\n".join("    " + line for line in said[:8]))
    print("%d projects counted again, %d differ" % (args.projects, bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
