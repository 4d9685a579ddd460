"""What the detect stage finds: the columns of the codebook, then where the evidence lies."""

import pyarrow as pa

from troopwatch.tables.model import Column, Stage, Table, code, day, flag, flat, one_of, share, span, text, whole
from troopwatch.tables.normalize import ADDRESS, IDENTITY, OUTLET, PUBLISHED, SHA256
from troopwatch.tables.scrape import CAPTURE, DAY, SOURCE

STATUS = "asserted alleged denied refused hypothetical negated"
PLACE_ROLES = ("in", "to", "from", "near", "along", "via")

PLACE = pa.struct(
    [
        pa.field("text", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("country", pa.string()),
        pa.field("geonameid", pa.int64()),
        pa.field("role", pa.string(), nullable=False),
        pa.field("disputed", pa.bool_(), nullable=False),
    ]
)

TRIGGER = tuple(
    Column(c.name, c.type, c.meaning, pattern=c.pattern, minimum=c.minimum)
    for c in span("trigger", "the word or words that evoke the event")
)

MENTION = flat(
    text(
        "record_id", "hash of sentence, table, trigger and main argument: stable across runs", pattern=r"^[0-9a-f]{40}$"
    ),
    text("sentence_id", "hash of the document and the sentence's offset"),
    day("doc_date", "UTC date of publication; NULL where the page gives none", null=True),
    TRIGGER,
    text("event_time_text", "explicit expression of time in the sentence", null=True),
    day("event_time_from", "first day of that time, resolved against doc_date", null=True),
    day("event_time_to", "last day of that time", null=True),
    one_of("tense_class", "when, seen from doc_date (codebook 1.1)", "current recent historical future"),
    one_of("status", "whether the sentence asserts it (codebook 4)", STATUS),
    span("speaker", "nearest attributed source; NULL: the outlet itself"),
    text("speaker_code", "its actor code, or several joined by ';'", null=True),
    text("speaker_outer_text", "outermost source where one attribution stands inside another", null=True),
    flag("speaker_is_party", "the speaker's country is the force owner's or the demander's", null=True),
    one_of("quote", "whether the proposition stands in quotation", "none indirect direct"),
    text("group_id", "links the rows of one coalition or of one sentence's joint act", null=True),
)

EVIDENCE = flat(
    text("sentence", "the quote: the whole sentence as it stands in the text"),
    whole("sentence_start", "offset of the sentence in the document's text, in code points"),
    whole("sentence_end", "offset after its last code point"),
    text("rule", "the rule that made the row"),
    share("confidence", "the rule's own estimate of being right"),
    text("unresolved", "why an actor or place stayed NULL", null=True),
    text("extractor", "name of the extractor"),
    text("extractor_version", "its version"),
    text("codebook_version", "version of the dictionaries"),
    DAY,
    SOURCE,
    IDENTITY,
    OUTLET,
    ADDRESS,
    PUBLISHED,
    CAPTURE,
    text("text_sha256", "digest of the document's text in UTF-8", pattern=SHA256),
)

CAMEO = (
    text("cameo_code", "derived CAMEO code", null=True),
    text("plover_event", "derived PLOVER event", null=True),
    text("plover_mode", "its mode", null=True),
    text("plover_aux", "its auxiliary mode", null=True),
)

deployments = Table(
    "deployments",
    Stage.DETECT,
    "A row for every mention of an armed force put, kept, moved or taken away (codebook 1.3).",
    flat(
        MENTION,
        span("force", "the force: head noun phrase with number and nationality"),
        text("force_owner_text", "the words that say whose forces", null=True),
        code("force_owner_code", "whose forces"),
        code("command_code", "mission or alliance in command, where it is another"),
        one_of(
            "unit_type",
            "kind of force",
            "troops special_forces peacekeepers naval air armour_artillery air_defence_missile advisers_trainers "
            "mercenaries militia_volunteers border_police_paramilitary reservists equipment_only unspecified",
        ),
        text("unit_name", "proper name of the unit", null=True),
        one_of(
            "echelon", "size of the unit", "team company battalion regiment brigade division corps fleet", null=True
        ),
        span("count", "the number as written, with its hedge"),
        whole("count_min", "lower bound; NULL: none is stated", null=True),
        whole("count_max", "upper bound; NULL: none is stated", null=True),
        flag("count_approx", "the number is hedged", null=True),
        one_of(
            "count_scope",
            "what the number counts",
            "this_deployment total_in_place subset planned_total increment ceiling",
            null=True,
        ),
        one_of("count_unit", "what is counted; never converted", "persons units ships aircraft vehicles", null=True),
        Column("places", pa.list_(PLACE), "places with country (ISO 3166-1 alpha-3, as GeoNames has it) and role"),
        code("on_side_of_code", "on whose side, where the sentence says so"),
        code("against_code", "against whom, where the sentence says so"),
        one_of(
            "activity",
            "purpose",
            "posture combat peacekeeping training_advice exercise disaster_relief domestic_security guard_base",
        ),
        one_of(
            "phase",
            "how far it has come",
            "considered planned ordered under_way present rotated withdrawal_planned withdrawing withdrawn",
        ),
        CAMEO,
        EVIDENCE,
    ),
    key=("record_id", "day", "source"),
)

demands = Table(
    "demands",
    Stage.DETECT,
    "A row for every mention of somebody demanding something of somebody (codebook 1.4).",
    flat(
        MENTION,
        span("demander", "who demands"),
        code("demander_code", "who demands"),
        one_of(
            "demander_kind",
            "kind of demander",
            "state igo armed_group party_opposition court ngo crowd_union company individual_office "
            "individual_private unattributed",
        ),
        span("addressee", "of whom: the actor who would have to act"),
        code("addressee_code", "of whom"),
        flag("addressee_implied", "no addressee is named, but only the owner named in the content could act"),
        span("content", "what is demanded: the whole clause or noun phrase"),
        one_of(
            "content_type",
            "kind of act demanded, the first-listed where there are several",
            "withdraw_forces deploy_or_provide_forces ceasefire_or_halt_military_action disarm "
            "release_or_return_persons hand_over_extradite return_property_territory sanction_or_ban "
            "lift_sanctions_or_restrictions aid_or_resources humanitarian_access meet_negotiate_mediate "
            "investigate_explain_apologise leadership_change election reform_or_policy_change rights_protection "
            "stop_programme_weapons comply_with_agreement compensation other",
        ),
        text("content_type_2", "the second act, where one verb asks for several", null=True),
        one_of("strength", "how strongly, from ask to ultimatum", "ask urge call demand order ultimatum"),
        one_of("form", "how it is put", "verb noun modal_say conditional imperative_quote resolution_or_ruling"),
        text("condition_text", "condition of a conditional demand", null=True),
        text("consequence_text", "what is threatened", null=True),
        day("deadline_date", "until when", null=True),
        one_of("response", "answer to it in the same sentence", "none accepted rejected ignored partly"),
        code("responder_code", "who answered"),
        flag("concerns_deployment", "it is about sending, keeping, using or removing forces or weapons"),
        text("deployment_record_id", "the deployment it concerns, in the same sentence", null=True),
        CAMEO,
        EVIDENCE,
    ),
    key=("record_id", "day", "source"),
)

readings = Table(
    "readings",
    Stage.DETECT,
    "A row for every document of the day: read, or why not, and what came of it.",
    flat(
        DAY,
        SOURCE,
        IDENTITY,
        one_of("outcome", "read, or left out because no parser reads its language", "read other_language"),
        whole("sentences", "sentences in the text"),
        whole("gated", "sentences that passed the gate and were parsed"),
        whole("deployments", "deployment rows found"),
        whole("demands", "demand rows found"),
    ),
    key=("day", "source", "doc_id"),
)
