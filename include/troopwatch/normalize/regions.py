"""The part of a page that can hold its text: what no extractor would keep is cut away before one looks at it.

An extractor copies and searches its tree many times over, so that a smaller tree pays several times.
"""

from copy import copy

from lxml.etree import strip_elements, strip_tags
from lxml.html import HtmlElement

_SILENT_TAGS = (
    "script style noscript template svg iframe object embed applet audio video canvas map picture math nav menu footer "
    "aside select option button input label fieldset dialog link"
)
_SILENT = frozenset(_SILENT_TAGS.split())
"""What trafilatura drops first of all too. Forms and figures are left to it: some hold a whole page, or a table."""
_SHORTEST = 40
"""Characters of a paragraph that counts; labels and captions are shorter."""
_ENOUGH = 1500
"""Characters of paragraphs from which on it is clear where a page has its text."""
_SHARE = 0.85
"""Share of a page's paragraphs that one element must hold for what stands beside it to go. On 181 pages any share
from .8 to .9 serves as well; less cuts into articles, more lets teasers in."""


def bare(tree: HtmlElement) -> HtmlElement:
    """A copy of a page without the elements that never hold text of an article."""
    made = copy(tree)
    strip_elements(made, *_SILENT, with_tail=False)
    strip_tags(made, "img")
    return made


def main(tree: HtmlElement) -> HtmlElement:
    """The same tree, with only that part of its body that holds the paragraphs; the elements around that part stay."""
    element = tree.find("body")
    held = _held(element) if element is not None else {}
    least = _SHARE * held.get(element, 0)
    while least > _SHARE * _ENOUGH:
        holder = next((child for child in element if held.get(child, 0) >= least), None)
        if holder is None:
            break
        element[:] = [holder]
        element = holder
    return tree


def _held(body: HtmlElement) -> dict[HtmlElement, int]:
    """Characters of paragraphs below each element that has any."""
    held: dict[HtmlElement, int] = {}
    for paragraph in body.iter("p"):
        length = _length(paragraph)
        if length >= _SHORTEST:
            for element in paragraph.iterancestors():
                held[element] = held.get(element, 0) + length
    return held


def _length(paragraph: HtmlElement) -> int:
    """Characters of a paragraph and of what stands directly in it, which is all of most."""
    return len(paragraph.text or "") + sum(len(each.text or "") + len(each.tail or "") for each in paragraph)
