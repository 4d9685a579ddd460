"""Whole days in our own words: a busy one with rival figures, a quiet one, one of no data, a large one."""

from publish_mentions import BRIEF, COURIER, POST, WIRE, deployments
from publish_samples import Row, Tables, article, check, covered, demand, deployment, of, span


def busy() -> Tables:
    """Rival figures for North Korean troops in Russia on 2024-11-04, with plans, denials, demands and others beside."""
    return of([WIRE, COURIER, POST, BRIEF], deployments(), demands(), coverage(), checks())


def demands() -> list[Row]:
    both = "South Korea and Canada demanded the immediate withdrawal of North Korean troops from Russia."
    rutte = "NATO's chief called on Moscow and Pyongyang to stop at once, or face new sanctions."
    never = "Pyongyang denied that it had ever asked Moscow for missiles."
    content = "the immediate withdrawal of North Korean troops from Russia"
    return [
        demand(WIRE, both, "demanded", content, **span(both, "demander", "South Korea"), group_id="g1"),
        demand(
            WIRE,
            both,
            "demanded",
            content,
            **span(both, "demander", "Canada"),
            demander_code="CAN",
            group_id="g1",
            response="rejected",
            responder_code="RUSGOV",
        ),
        demand(
            COURIER,
            rutte,
            "called on",
            "stop at once",
            demander_code="IGOWSTNAT",
            **span(rutte, "demander", "NATO's chief"),
            addressee_code="RUS",
            **span(rutte, "addressee", "Moscow"),
            addressee_implied=False,
            strength="ultimatum",
            content_type="stop_programme_weapons",
            consequence_text="face new sanctions",
        ),
        demand(
            POST,
            never,
            "asked",
            "missiles",
            demander_code="PRK",
            **span(never, "demander", "Pyongyang"),
            status="denied",
            addressee_code="RUSGOV",
            **span(never, "addressee", "Moscow"),
            content_type="aid_or_resources",
            strength="ask",
        ),
    ]


def coverage() -> list[Row]:
    return [
        covered(
            "hanbit_ministry", articles=0, kept=0, documents=0, new_documents=0, quarantined=0, deployments=0, demands=0
        ),
        covered("harbour_courier"),
        covered("kalda_brief", "no_data", reason="feeds cannot be asked for a past day"),
        covered("narae_wire"),
        covered("tarnford_post", "failed", reason="the listing answered 503 three times", failures=3),
    ]


def checks() -> list[Row]:
    return [
        *(check(f"columns_{n}") for n in range(38)),
        check(
            "unknown_owners",
            passed=False,
            severity="warning",
            meaning="at most 20 % of the deployments have an owner that is not resolved",
            observed="1 of 14",
        ),
        check(
            "volume_ceiling",
            passed=False,
            severity="info",
            gate="documents",
            table_name="documents",
            meaning="narae_wire brings at most 40 articles",
        ),
    ]


def quiet() -> Tables:
    """Captured, read, and nothing found: zeros that were measured."""
    nothing = {"deployments": 0, "demands": 0}
    return of([WIRE], [], [], [covered("narae_wire", **nothing)], [check("columns")])


def no_data() -> Tables:
    """Nothing captured: no figure of the day is a zero."""
    reason = "no capture of this day in the corpus"
    return of([], [], [], [covered("narae_wire", "no_data", reason=reason)], [check("columns")])


def large(many: int = 3000) -> Tables:
    """More rows than a page may hold, with sentences of any length."""
    listing, found = article(title="A long list"), []
    for n in range(many):
        sentence = f"{'blah & <b> ' * (n % 150)}{n:,} troops are in Russia, source {n % 997} said. {'&' * 50}"
        found.append(deployment(listing, sentence, count=f"{n:,}", bounds=(n, n), speaker_text=f"source {n % 997}"))
    return of([listing], found, [], [covered("narae_wire")], [check("columns")])
