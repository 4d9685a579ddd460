"""The published tables that fold mentions: claims, episodes, rival figures, the matrix of demands."""

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from troopwatch.tables import detect
from troopwatch.tables.model import Column, Stage, Table, code, day, flag, flat, one_of, text, whole

HASH = r"^[0-9a-f]{40}$"
STANDINGS = "present planned withdrawn denied hypothetical historical"
STANDING = one_of(
    "standing",
    "how it stands, by status, tense and phase. present: asserted or alleged to be there or going on now, or, of a "
    "demand, to be made; planned; withdrawn: leaving or gone; denied: denied, refused or negated; hypothetical; "
    "historical. Whoever sums what is there takes 'present' alone",
    STANDINGS,
)
CLAIM_DATE = day("claim_date", "UTC date of the claim: publication where known, else the day of capture")
WEEK = day("week", "Monday of the week of the claim")
CLAIM_ID = text("claim_id", "the claim that this mentions: hash of its week, speaker and proposition", pattern=HASH)
PLACED = (
    one_of(
        "place_relation",
        "how the force stands to the places of place_ids: in or to them, near or along them, from or via them; of "
        "several relations the first in this order, of a withdrawal `from` first; NULL: no place is known",
        "in near from",
        null=True,
    ),
    Column(
        "place_ids",
        pa.list_(pa.string()),
        "those places, as in `places`, sorted; empty: none is known, in which case it is never taken for a place of "
        "another",
    ),
    text(
        "place_code",
        "their countries (ISO 3166-1 alpha-3), or the name of a place that lies in none; several, sorted, are joined "
        "by ';' and meant together; NULL: none is known",
        null=True,
    ),
)


def counted(what: str = "it", *, least: int = 1) -> tuple[Column, ...]:
    """The three counts that stand beside every figure."""
    return (
        whole("mentions", f"rows of mentions of {what}", minimum=least),
        whole("articles", "articles they stand in", minimum=least),
        whole(
            "independent_sources",
            "outlets that had the texts of those articles first: a text that 40 outlets carry counts for one",
            minimum=least,
        ),
    )


def _null(table: Table, name: str, meaning: str) -> Column:
    """A column of a table of mentions where the row is not always of that kind."""
    return replace(table[name], null=True, meaning=f"{meaning}; NULL: not of this kind")


KIND = one_of("kind", "what is claimed", "deployment demand")
OWNER = code("owner_code", "whose forces, or who demands; NULL: unknown")
PRINCIPAL = code("principal_code", "the actor behind it: organs of a state are the state; NULL: nobody in particular")
TARGET = text(
    "target_code",
    "where the forces are (country, or the name of a place in none; several joined by ';'), or of whom it is demanded; "
    "NULL: unknown",
    null=True,
)
SPEAKER = (
    one_of(
        "speaker_kind",
        "actor: a known one; outlet: the outlet that had the text first speaks for itself; unresolved: somebody of "
        "whom only words are known, who is never taken for another",
        "actor outlet unresolved",
    ),
    text("speaker_code", "the speaker's code, or several, sorted, joined by ';'", null=True),
    text("speaker_text", "the speaker in the words of the first mention, or the outlet's name"),
)
RANGE = (
    whole("count_min", "lower bound; NULL: none is stated", null=True),
    whole("count_max", "upper bound; NULL: none is stated", null=True),
)
EXAMPLE = text("record_id", "the first of its mentions, by date: evidence", pattern=HASH)

claims = Table(
    "claims",
    Stage.AGGREGATE,
    "A row for every claim: a deployment or a demand as one speaker puts it in one week, folded over its mentions, "
    "which have its claim_id. Figures, status and standing are part of what is claimed: never summed over them.",
    flat(
        replace(CLAIM_ID, meaning="the claim: hash of its week, speaker and proposition"),
        KIND,
        day("day_first", "date of its first mention"),
        day("day_last", "date of its last mention"),
        WEEK,
        SPEAKER,
        OWNER,
        PRINCIPAL,
        TARGET,
        replace(PLACED[0], meaning=f"of a deployment: {PLACED[0].meaning}"),
        PLACED[1],
        _null(detect.deployments, "phase", "of a deployment: how far it has come"),
        _null(detect.deployments, "unit_type", "of a deployment: kind of force; 'unspecified' is taken for troops"),
        _null(detect.deployments, "activity", "of a deployment: purpose"),
        _null(detect.demands, "content_type", "of a demand: kind of act demanded"),
        replace(detect.deployments["status"]),
        STANDING,
        RANGE,
        replace(detect.deployments["count_unit"]),
        replace(detect.deployments["count_scope"]),
        counted(),
        EXAMPLE,
        text("strict_episode_id", "its episode by strict folding", pattern=HASH),
        text("loose_episode_id", "its episode by loose folding", pattern=HASH),
    ),
    key=("claim_id",),
)

STRICT = (
    "Strict: one owner, the very same places in one relation, one standing and activity, phases of one kind (ahead, "
    "there, leaving); of a demand one demander, addressee, content and standing; claims at most 7 days apart."
)
LOOSE = (
    "Loose: the organs of a state are the state, places of one country are one, and phase, standing and activity do "
    "not part, but for what is historical; claims at most 28 days apart."
)
UNKNOWN = "A claim whose owner, place, demander, addressee or content is unknown is an episode of its own."


def _standings() -> Iterator[Column]:
    yield from (whole(f"claims_{name}", f"of these: whose standing is {name}") for name in STANDINGS.split())


_EPISODE = flat(
    text("episode_id", "the episode: hash of its folding, what it is folded by, and its first day", pattern=HASH),
    KIND,
    day("day_first", "date of its first claim"),
    day("day_last", "date of its last claim"),
    text("owner_code", "whose forces, or who demands; several, sorted, joined by ';'; NULL: unknown", null=True),
    replace(TARGET),
    _null(detect.demands, "content_type", "of a demand: kind of act demanded"),
    whole("claims", "claims folded", minimum=1),
    whole("speakers", "who makes them; each of whom nobody knows counts for one", minimum=1),
    _standings(),
    whole("persons_lowest", "lowest number of persons in a claim of standing 'present'; NULL: none", null=True),
    whole("persons_highest", "highest number of persons in such a claim; NULL: none", null=True),
    counted(),
    text("claim_id", "the first of its claims, by date", pattern=HASH),
)

episodes = Table(
    "episodes",
    Stage.AGGREGATE,
    "A row for every episode, a deployment or demand of the real world as far as claims can be told to be of one, "
    f"in either folding: never summed over folding. {STRICT} {LOOSE} {UNKNOWN}",
    flat(one_of("folding", "which way claims were folded", "strict loose"), _EPISODE),
    key=("folding", "episode_id"),
)
episodes_strict = Table(
    "episodes_strict",
    Stage.AGGREGATE,
    f"The episodes of strict folding: too many rather than wrong ones. {STRICT} {UNKNOWN}",
    _EPISODE,
    key=("episode_id",),
    is_view=True,
)
episodes_loose = replace(
    episodes_strict,
    name="episodes_loose",
    meaning=f"The episodes of loose folding: too few rather than doubled ones. {LOOSE} {UNKNOWN}",
)

episode_differences = Table(
    "episode_differences",
    Stage.AGGREGATE,
    "A row for every loose episode that is several strict ones, and what tells those apart; where nothing is "
    "flagged, it is the days between them alone.",
    flat(
        text("episode_id", "the loose episode", pattern=HASH),
        KIND,
        day("day_first", "date of its first claim"),
        day("day_last", "date of its last claim"),
        text("owner_code", "whose forces, or who demands; several, sorted, joined by ';'"),
        replace(TARGET, null=False),
        _null(detect.demands, "content_type", "of a demand: kind of act demanded"),
        whole("claims", "claims folded", minimum=2),
        whole("strict_episodes", "strict episodes that it is", minimum=2),
        flag("by_owner", "they differ in the owner or demander: organs of one state"),
        flag("by_addressee", "they differ in the addressee: organs of one state"),
        flag("by_place", "they differ in the places"),
        flag("by_place_relation", "they differ in how the force stands to the places"),
        flag("by_phase", "they differ in how far it has come"),
        flag("by_standing", "they differ in standing: claimed by one, denied or only planned by another"),
        flag("by_activity", "they differ in purpose"),
    ),
    key=("episode_id",),
)

rival_figures = Table(
    "rival_figures",
    Stage.AGGREGATE,
    "A row for the range that one speaker gives, in one week, for one kind of force of one owner in the very same "
    "places: the rows of a week stand side by side, never averaged, and never summed over speaker, standing, kind, "
    "unit or scope. What an article took back, and where owner or place is unknown, is in `claims` alone.",
    flat(
        WEEK,
        code("owner_code", "whose forces: organs of a state are the state"),
        replace(PLACED[2], null=False, meaning=PLACED[2].meaning.removesuffix("; NULL: none is known")),
        PLACED[1],
        replace(PLACED[0], null=False),
        STANDING,
        replace(detect.deployments["unit_type"], meaning="kind of force; 'unspecified' is taken for troops"),
        replace(detect.deployments["count_unit"], null=False),
        replace(detect.deployments["count_scope"]),
        SPEAKER,
        whole("count_min", "lower end of all the ranges given; NULL: one of them is open below", null=True),
        whole("count_max", "upper end of all the ranges given; NULL: one of them is open above", null=True),
        whole("lowest", "lowest number named"),
        text("lowest_record_id", "the first mention that names it: evidence", pattern=HASH),
        whole("highest", "highest number named"),
        text("highest_record_id", "the first mention that names it: evidence", pattern=HASH),
        whole("speakers", "rows that stand side by side with this one, itself included", minimum=1),
        whole("claims", "claims with these figures", minimum=1),
        counted("these figures"),
        EXAMPLE,
    ),
    key=("week", "owner_code", "place_code", "place_relation", "standing", "count_unit", "count_scope", "record_id"),
)

demand_matrix = Table(
    "demand_matrix",
    Stage.AGGREGATE,
    "Who demands what of whom, week by week: the mentions add up to `demands`. Never summed over status.",
    flat(
        WEEK,
        code("demander_code", "who demands; NULL: all whom nobody named or knows, not one of them"),
        code("addressee_code", "of whom; NULL: all whom nobody named or knows"),
        replace(detect.demands["content_type"]),
        replace(detect.demands["status"]),
        STANDING,
        whole("claims", "claims: demands as one speaker puts them in the week", minimum=1),
        counted(),
    ),
    key=("week", "demander_code", "addressee_code", "content_type", "status", "standing"),
)
