"""The deployments of a busy day in our own words: rival figures, what is planned, alleged and denied."""

from datetime import UTC, datetime

from publish_samples import Row, article, deployment, place

WIRE = article()
COURIER = article(title="Pentagon raises its count", outlet="The Harbour Courier", source="harbour_courier")
POST = article(
    title="What Seoul knows",
    outlet="Tarnford Post",
    source="tarnford_post",
    published_at=datetime(2024, 11, 1, tzinfo=UTC),
    published_precision="day",
)
BRIEF = article(
    title=None,
    outlet="The Kalda Brief",
    source="kalda_brief",
    published_at=None,
    published_precision=None,
    published_origin=None,
)
PENTAGON = {"speaker_text": "the Pentagon", "speaker_code": "USAMIL"}


def deployments() -> list[Row]:
    return [*_figures(), *_others(), *_disputed()]


def _figures() -> list[Row]:
    now = "Between 11,000 and 12,000 North Korean troops are now in Russia, the Pentagon said on Monday."
    kursk = "At least 10,000 of the troops have moved to Kursk, the Pentagon said."
    again = "The Pentagon now counts 11,000 to 12,000 North Korean troops in Russia."
    spies = "The spy service in Seoul puts the number of North Korean troops in Russia at about 10,000."
    kyiv = "Up to 15,000 troops could be in Russia by winter, a Ukrainian official told the paper."
    plan = "Pyongyang means to send 12,000 troops to Russia in four brigades, the spy service said."
    return [
        deployment(WIRE, now, count="Between 11,000 and 12,000", bounds=(11000, 12000), **PENTAGON),
        deployment(
            COURIER,
            again,
            count="11,000 to 12,000",
            bounds=(11000, 12000),
            **PENTAGON | {"speaker_text": "The Pentagon"},
        ),
        deployment(
            COURIER,
            kursk,
            count="At least 10,000",
            bounds=(10000, None),
            count_scope="subset",
            count_approx=True,
            places=[place(kursk, "Kursk", "RUS", "to")],
            **PENTAGON,
        ),
        deployment(
            POST,
            spies,
            count="about 10,000",
            bounds=(10000, 10000),
            count_approx=True,
            speaker_text="The spy service",
            speaker_code="KORSPY",
        ),
        deployment(
            BRIEF,
            kyiv,
            count="Up to 15,000",
            bounds=(None, 15000),
            count_approx=True,
            status="hypothetical",
            speaker_text="a Ukrainian official",
            speaker_code="UKRGOV",
        ),
        deployment(
            POST,
            plan,
            count="12,000",
            bounds=(12000, 12000),
            count_scope="planned_total",
            phase="planned",
            tense_class="future",
            speaker_text="the spy service",
            speaker_code="KORSPY",
        ),
    ]


def _others() -> list[Row]:
    ships = "Two British destroyers are on their way to Cyprus, the ministry said."
    nato = "NATO keeps a battlegroup of some 1,200 troops in Latvia."
    past = "In 1979 the Soviet Union sent 80,000 troops to Afghanistan."
    leave = "France has withdrawn its last troops from Niger."
    lost = "About 300 fighters of the group remain near the border."
    return [
        deployment(
            WIRE,
            ships,
            "destroyers",
            "Two",
            (2, 2),
            count_unit="ships",
            unit_type="naval",
            phase="under_way",
            force_owner_code="GBRMIL",
            force_owner_text="British",
            places=[place(ships, "Cyprus", "CYP", "to")],
            speaker_text="the ministry",
            speaker_code="GBRMIL",
        ),
        deployment(
            BRIEF,
            nato,
            count="some 1,200",
            bounds=(1200, 1200),
            count_approx=True,
            force_owner_code="IGOWSTNAT",
            force_owner_text="NATO",
            echelon="battalion",
            places=[place(nato, "Latvia", "LVA")],
        ),
        deployment(
            POST,
            past,
            count="80,000",
            bounds=(80000, 80000),
            tense_class="historical",
            phase="under_way",
            force_owner_code="SUNMIL",
            force_owner_text="Soviet",
            places=[place(past, "Afghanistan", "AFG", "to")],
        ),
        deployment(
            WIRE,
            leave,
            "withdrawn",
            phase="withdrawn",
            force_owner_code="FRAMIL",
            force_owner_text="France",
            places=[place(leave, "Niger", "NER", "from")],
        ),
        deployment(
            BRIEF,
            lost,
            "fighters",
            "About 300",
            (300, 300),
            count_approx=True,
            force_owner_code=None,
            force_owner_text="the group",
            places=[place(lost, "the border", None, "near")],
            unit_type="militia_volunteers",
            unresolved="owner: no antecedent",
        ),
    ]


def _disputed() -> list[Row]:
    fake = "The Kremlin dismissed reports of 10,000 North Korean troops in Russia as another fake."
    accuse = "Moscow accused NATO of massing troops near Kaliningrad."
    refuse = "Berlin again refused to send troops to Ukraine."
    return [
        deployment(
            WIRE,
            fake,
            count="10,000",
            bounds=(10000, 10000),
            status="denied",
            speaker_text="The Kremlin",
            speaker_code="RUSGOV",
        ),
        deployment(
            COURIER,
            accuse,
            force_owner_code="IGOWSTNAT",
            force_owner_text="NATO",
            status="alleged",
            places=[place(accuse, "Kaliningrad", "RUS", "near")],
            speaker_text="Moscow",
            speaker_code="RUSGOV",
        ),
        deployment(
            POST,
            refuse,
            force_owner_code="DEUMIL",
            force_owner_text="German",
            status="refused",
            phase="planned",
            places=[place(refuse, "Ukraine", "UKR", "to")],
            speaker_text="Berlin",
            speaker_code="DEUGOV",
        ),
    ]
