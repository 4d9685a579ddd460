"""From an Altair chart to SVG that can stand in a page: small, without styles, with colours that the page decides.

The same chart gives the same bytes: scales, ticks and margins are said by whoever draws, and nothing is left to the
width of a text, which the fonts of a machine decide.
"""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree
from markupsafe import Markup

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
NOWHERE = "https://vega.github.io/vega-datasets/"
"""What Vega puts before an address that is not absolute."""
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-\d+)?")
_NUMBERS = {"d", "transform", "x", "y", "x2", "y2"}
_NOISE = {
    "aria-roledescription",
    "role",
    "font-family",
    "stroke-miterlimit",
    "pointer-events",
    "width",
    "height",
    "class",
}
_USUAL = {"stroke-opacity": "1", "opacity": "1", "fill-opacity": "1", "font-weight": "normal", "version": "1.1"}
_EMPTY = "M0,0h0"


def svg(chart: Any, name: str, datasets: Mapping[str, Any] | None = None, **more: Any) -> Markup:
    """An Altair chart as an SVG element.

    `name` is the page's own for it: ids within it start so. `datasets` by their names, and `more` of the specification,
    are what is large, or what Altair would check for long. A mark that has a `href` is a link with the mark's
    description as its name. All else is hidden from screen readers: the table beside the chart says it.
    """
    # Half a second of processor time: only who draws pays for it.
    import vl_convert  # noqa: PLC0415 - see above

    said = chart.to_dict(validate=False)
    said |= more | {"datasets": {**said.get("datasets", {}), **(datasets or {})}}
    return cleaned(vl_convert.vegalite_to_svg(said), name)


def cleaned(drawn: str, name: str) -> Markup:
    """What Vega has drawn, without what a page does not need. Texts and addresses in it stay escaped."""
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter(etree.Element)):
        _tidy(element)
    for element in reversed(list(root.iter(etree.Element))):
        _prune(element)
    _rename(root, name)
    root.set("class", "chart")
    etree.cleanup_namespaces(root)
    # lxml has escaped every text and attribute: this is markup, and nothing of the web is markup in it.
    return Markup(etree.tostring(root, encoding="unicode").replace(' xmlns="http://www.w3.org/2000/svg"', "", 1))  # noqa: S704 - see above


def _tidy(element: Any) -> None:
    """Takes away what is usual or for others, shortens numbers, and puts links and their names where they belong."""
    attributes = element.attrib
    for attribute in [a for a, value in attributes.items() if a in _NOISE or _USUAL.get(a) == value]:
        del attributes[attribute]
    for attribute in _NUMBERS.intersection(attributes):
        attributes[attribute] = _LONG_NUMBER.sub(_rounded, attributes[attribute])
    label = attributes.pop("aria-label", "")
    if element.tag == f"{SVG}a":
        attributes["href"] = attributes.pop(XLINK).replace(NOWHERE, "", 1)
    elif element.getparent() is not None and element.getparent().tag == f"{SVG}a":
        element.getparent().set("aria-label", label)
    if element.tag == f"{SVG}text":
        attributes["aria-hidden"] = "true"


def _rounded(number: re.Match[str]) -> str:
    short = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def _prune(element: Any) -> None:
    """Removes what draws nothing; whoever calls goes from the inside out, for what holds nothing draws nothing."""
    is_empty = element.tag in {f"{SVG}g", f"{SVG}defs"} and not len(element)
    is_unseen = element.get("display") == "none" or element.get("d", "M").startswith(_EMPTY)
    is_ground = (
        element.get("aria-hidden") and element.tag == f"{SVG}path" and not {"fill", "stroke"} & {*element.keys()}
    )
    parent = element.getparent()
    if parent is not None and (is_empty or is_unseen or is_ground):
        parent.remove(element)
    elif parent is not None and element.tag == f"{SVG}g" and not element.attrib and len(element) == 1:
        parent.replace(element, element[0])


def _rename(root: Any, name: str) -> None:
    """Ids are the page's own: two charts may not share one."""
    new = {old: f"{name}-{n}" for n, old in enumerate(root.xpath("//@id"))}
    for element in root.iter(etree.Element):
        if element.get("id"):
            element.set("id", new[element.get("id")])
        for attribute in ("clip-path", "fill", "stroke"):
            if match := re.fullmatch(r"url\(#(.+)\)", element.get(attribute, "")):
                element.set(attribute, f"url(#{new[match[1]]})")
