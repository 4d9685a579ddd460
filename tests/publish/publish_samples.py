"""Made-up rows of the published tables, and a DuckDB file of them; tests change what they are about."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from hashlib import sha1, sha256
from typing import Any

from publish_places import BEFORE, place, placed

from troopwatch.tables.scrape import COUNTS

DAY = date(2024, 11, 4)
AT = datetime(2024, 11, 4, 18, 5, tzinfo=UTC)
Row = dict[str, Any]
Tables = Mapping[str, Iterable[Row]]
WIRE_SENTENCE = "There are 400 North Korean troops in Russia."


def digest(*words: object) -> str:
    return sha1("|".join(map(str, words)).encode(), usedforsecurity=False).hexdigest()


def span(sentence: str, name: str, words: str | None) -> Row:
    start = None if words is None else BEFORE + sentence.index(words)
    end = None if start is None else start + len(words or "")
    return {f"{name}_text": words, f"{name}_start": start, f"{name}_end": end}


def article(**changes: Any) -> Row:
    title = changes.get("title", "More soldiers seen in Kursk")
    outlet = changes.get("outlet", "Narae Wire")
    url = f"https://narae.example/{digest(title)[:8]}"
    made = digest(title, outlet)
    row = {
        "day": DAY,
        "source": "narae_wire",
        "article_id": made,
        "doc_id": made,
        "outlet": outlet,
        "canonical_url": url,
        "title": title,
        "text_sha256": sha256(title.encode() if title else b"").hexdigest(),
        "authors": None,
        "language": "en",
        "published_at": AT,
        "published_precision": "minute",
        "published_origin": "json_ld",
        "published_rejected": None,
        "is_stub": False,
        "characters": 4000,
        "boilerplate_removed": 0,
        "url": f"{url}?utm_source=rss",
        "captured_at": AT + timedelta(hours=3),
        "warc_file": "scrape/warc/day=2024-11-04/narae_wire-0001.warc.gz",
        "warc_offset": 123456,
        "method": "trafilatura",
        "method_version": "2.1",
        "first_day": DAY,
        "last_day": DAY,
        "days_captured": 1,
        "syndication_id": made,
        "syndicated_from": outlet,
        "gone_on": None,
        "reading": "read",
        "deployments": 1,
        "demands": 0,
    }
    return row | changes


def mention(found: Row, sentence: str, trigger: str) -> Row:
    kept = "day source article_id doc_id outlet canonical_url url captured_at warc_file warc_offset text_sha256"
    kept += " published_at published_precision published_origin syndication_id syndicated_from"
    return {name: found[name] for name in kept.split()} | {
        "record_id": digest(found["doc_id"], sentence, trigger),
        "sentence_id": digest(found["doc_id"], sentence),
        "doc_date": found["published_at"] and found["published_at"].date(),
        "claim_date": found["published_at"].date() if found["published_at"] else found["day"],
        **span(sentence, "trigger", trigger),
        "standing": "present",
        "claim_id": digest(found["doc_id"], sentence, trigger, "claim"),
        "event_time_text": None,
        "event_time_from": None,
        "event_time_to": None,
        "tense_class": "current",
        "status": "asserted",
        "speaker_text": None,
        "speaker_start": None,
        "speaker_end": None,
        "speaker_code": None,
        "speaker_outer_text": None,
        "speaker_is_party": None,
        "quote": "none",
        "group_id": None,
        "cameo_code": "154",
        "plover_event": "MOBILIZE",
        "plover_mode": "troops",
        "plover_aux": None,
        "sentence": sentence,
        "sentence_start": BEFORE,
        "sentence_end": BEFORE + len(sentence),
        "rule": "bare_presence",
        "confidence": 0.9,
        "unresolved": None,
        "extractor": "rules",
        "extractor_version": "1.0",
        "codebook_version": "1.0",
    }


def deployment(
    found: Row,
    sentence: str,
    trigger: str = "troops",
    count: str | None = None,
    bounds: tuple[Any, Any] = (None, None),
    **changes: Any,
) -> Row:
    """A deployment of North Korean troops in Russia, unless `changes` say otherwise."""
    row = mention(found, sentence, trigger) | {
        "force_text": None,
        "force_start": None,
        "force_end": None,
        "force_owner_text": "North Korean",
        "force_owner_code": "PRKMIL",
        "command_code": None,
        "unit_type": "troops",
        "unit_name": None,
        "echelon": None,
        **span(sentence, "count", count),
        "count_min": bounds[0],
        "count_max": bounds[1],
        "count_approx": False if count else None,
        "count_scope": "total_in_place" if count else None,
        "count_unit": "persons" if count else None,
        "places": [place(sentence, "Russia", "RUS")] if "Russia" in sentence else [],
        "on_side_of_code": None,
        "against_code": None,
        "activity": "posture",
        "phase": "present",
    }
    row |= changes
    row = placed(row) | row
    row["record_id"] = digest(row["record_id"], count, sorted(changes.items(), key=str))
    return row


def demand(found: Row, sentence: str, trigger: str, content: str, **changes: Any) -> Row:
    row = mention(found, sentence, trigger) | {
        **span(sentence, "demander", None),
        "demander_code": "KOR",
        "demander_kind": "state",
        **span(sentence, "addressee", None),
        "addressee_code": "PRK",
        "addressee_implied": True,
        **span(sentence, "content", content),
        "content_type": "withdraw_forces",
        "content_type_2": None,
        "strength": "demand",
        "form": "verb",
        "condition_text": None,
        "consequence_text": None,
        "deadline_date": None,
        "response": "none",
        "responder_code": None,
        "concerns_deployment": True,
        "deployment_record_id": None,
    }
    row |= changes
    row["record_id"] = digest(row["record_id"], sorted(changes.items(), key=str))
    return row


def claims(deployments: Iterable[Row]) -> list[Row]:
    """What the aggregate stage makes of the figures of persons."""
    return [
        row
        | {
            "claim_date": row["published_at"].date() if row["published_at"] else row["day"],
            "claim_date_is_published": row["published_at"] is not None,
            "claimed_by": row["speaker_text"] or row["outlet"],
        }
        for row in deployments
        if row["count_unit"] == "persons"
    ]


def covered(source: str, outcome: str = "captured", **changes: Any) -> Row:
    numbers = dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 12, "responses": 11, "refused_by_robots": 1}
    made = {
        "articles": 10,
        "kept": 9,
        "documents": 9,
        "new_documents": 7,
        "quarantined": 1,
        "deployments": 4,
        "demands": 2,
    }
    unknown = dict.fromkeys(made) if outcome != "captured" else made
    asked = dict.fromkeys(numbers) if outcome in {"no_data", "not_run"} else numbers
    return {"day": DAY, "source": source, "outcome": outcome, "reason": None, **asked, **unknown} | changes


def check(check_id: str, *, passed: bool = True, severity: str = "critical", **changes: Any) -> Row:
    return {
        "day": DAY,
        "gate": "mentions",
        "table_name": "deployments",
        "check_id": check_id,
        "meaning": f"what {check_id} expects",
        "severity": severity,
        "passed": passed,
        "rows_checked": 120,
        "rows_failed": 0 if passed else 3,
        "observed": None if passed else "3 rows",
        "waived_by": None,
        "examples": None,
    } | changes


def of(
    articles: list[Row], deployments: list[Row], demands: list[Row], coverage: list[Row], checks: list[Row]
) -> Tables:
    return {
        "articles": {row["doc_id"]: row for row in articles}.values(),
        "deployments": deployments,
        "demands": demands,
        "troop_claims": claims(deployments),
        "coverage": coverage,
        "quality_checks": checks,
    }


def at(day: date, tables: Tables) -> dict[str, list[Row]]:
    """The same rows as of another day."""
    return {name: [row | {"day": day} if "day" in row else row for row in rows] for name, rows in tables.items()}
