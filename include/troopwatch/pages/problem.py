"""A page that says why there is no page."""

from troopwatch.publish import html


def render(title: str, words: str, root: str = "") -> str:
    return html.render("pages/problem.html", root=root, title=title, words=words)
