"""What a person may say when triggering a run or a backfill, checked by Airflow before anything runs."""

from airflow.sdk import Param

_WORD = "[a-z][a-z0-9_]*"
STAGES = ["scrape", "normalize", "detect", "aggregate", "publish"]

SOURCES = Param(
    None,
    type=["null", "string"],
    pattern=rf"^\s*{_WORD}([\s,]+{_WORD})*[\s,]*$",
    maxLength=2000,
    title="Sources",
    description_md="Names or groups of sources, separated by commas, as `demo` or `narae_wire, harbour_courier`. "
    "Empty: those of the installation (`TROOPWATCH_GROUPS`).",
    examples=["demo", "corpus", "world"],
)
FROM_STAGE = Param(
    STAGES[0],
    type="string",
    enum=STAGES,
    title="Begin with",
    description_md="The first stage that runs; what earlier ones left of the day stands. After a new codebook: "
    "`detect`. For new report pages: `publish`.",
    values_display={
        "scrape": "scrape: all five stages",
        "normalize": "normalize: read the captures anew",
        "detect": "detect: find mentions anew, as after a new codebook",
        "aggregate": "aggregate: make a new edition",
        "publish": "publish: put up the newest edition again",
    },
)
APPROVAL = Param(
    False,
    type="boolean",
    title="Require approval",
    description_md="Where a gate warns of something, a person looks at it and approves before the day is published.",
)
