"""Days at the edges of what a page must bear: one row, many rows, endless names, scripts from right to left, a map."""

from datetime import date, timedelta

from publish_samples import DAY, Row, Tables, article, check, covered, demand, deployment, of, place

ENDLESS = "Hauptverwaltungsbezirksdirektionskommandoangelegenheitenstabsstellenleitung" * 2
ARABIC = "قال المتحدث إن 5000 جندي وصلوا إلى المنطقة أمس"


def one_row() -> Tables:
    """A single mention, of a figure open above, and nothing else."""
    listing = article()
    row = deployment(listing, "More than 2,000 troops are in Russia.", count="More than 2,000", bounds=(2000, None))
    return of([listing], [row], [], [covered("narae_wire")], [check("columns")])


def strange() -> Tables:
    """Names without a place to break, text from right to left, and a source that is named so."""
    listing = article(title=ARABIC, outlet=ENDLESS)
    rows = [
        deployment(
            listing, f"{ENDLESS} has 5,000 troops in Russia.", count="5,000", bounds=(5000, 5000), speaker_text=ENDLESS
        ),
        deployment(
            listing, ARABIC, "جندي", count="5000", bounds=(5000, 5000), speaker_text="المتحدث", unit_name=ENDLESS
        ),
    ]
    wanted = demand(
        listing, f"{ENDLESS} demanded {ENDLESS}", "demanded", ENDLESS, demander_code=None, demander_text=ENDLESS
    )
    return of([listing], rows, [wanted], [covered(ENDLESS, "failed", reason=ENDLESS)], [check("c" * 200, passed=False)])


def mapped() -> Tables:
    """Towns with coordinates, one of them only planned, beside a country, which has none."""
    listing = article()
    kursk, town = "Their troops are in Kursk in Russia.", "Their troops are to go to Vladivostok."
    rows = [
        deployment(listing, kursk, places=[_town(kursk, "Kursk", 538560), place(kursk, "Russia", "RUS")]),
        deployment(listing, town, places=[_town(town, "Vladivostok", 2013348)], phase="planned", tense_class="future"),
    ]
    known = [
        _known("Kursk", 538560, 51.7, 36.2),
        _known("Vladivostok", 2013348, 43.1, 131.9),
        _known("Russia", 2017370),
    ]
    return {**of([listing], rows, [], [covered("narae_wire")], [check("columns")]), "places": known}


def _town(sentence: str, name: str, geonameid: int) -> Row:
    return place(sentence, name, "RUS") | {"geonameid": geonameid}


def _known(name: str, geonameid: int, latitude: float | None = None, longitude: float | None = None) -> Row:
    return {
        "place_id": f"geonames:{geonameid}" if latitude else "RUS",
        "name": name,
        "kind": "city" if latitude else "country",
        "country": "RUS",
        "geonameid": geonameid,
        "latitude": latitude,
        "longitude": longitude,
        "disputed": False,
        "mentions_present": 1,
        "mentions": 1,
        "articles": 1,
        "independent_sources": 1,
    }


def weeks(day: date = DAY) -> Tables:
    """The same speaker with a figure that grows from week to week, and on the last day one of somebody else."""
    listing = article()
    rows = []
    for ago, figure in ((40, 1000), (21, 3000), (7, 8000), (0, 10000)):
        sentence = f"There are {figure:,} North Korean troops in Russia."
        said = day - timedelta(ago)
        row = deployment(listing, sentence, count=f"{figure:,}", bounds=(figure, figure), speaker_text="the Pentagon")
        published = row["published_at"] - timedelta(ago)
        rows.append(row | {"day": said, "published_at": published, "claim_date": published.date()})
    other = "Kyiv counts 12,000 North Korean troops in Russia."
    rows.append(deployment(listing, other, count="12,000", bounds=(12000, 12000), speaker_text="Kyiv"))
    captured = [covered("narae_wire") | {"day": day - timedelta(ago)} for ago in (40, 21, 7, 0)]
    return of([listing], rows, [], captured, [check("columns")])
