"""Author Markdown as HTML that MJML, premailer and mail programs all leave as it is.

Measured traps of mrml, the MJML engine: whitespace that starts with a line break is dropped between inline tags, so a
line break of the author prints as a space; attribute values are printed with Rust's debug escapes, so everything
special in them is a character reference; input is read as XML, so every tag is closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from composer.prose.links import Destination, resolved
from composer.prose.markdown import prepared, printable, tree
from composer.prose.mergefields import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.tree import SyntaxTreeNode

    from composer.standing import Contact

_UNSAFE = re.compile(r"[^ !#-%(-;=?-\[\]-~]")
_SMALLEST = 6
_TAGS = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "em": "em",
    "strong": "strong",
    "link": "a",
}


def html(markdown: str, contacts: Mapping[str, Contact], *, top_heading: int = 4) -> str:
    """The text as HTML blocks. Its headings start at `top_heading` and skip no level, whatever the author wrote."""
    source = prepared(markdown)
    root = tree(source)
    levels = dict(_heading_levels(root, top_heading))
    return sealed(_Printer(contacts, levels).children(root), source)


def inline_html(markdown: str, contacts: Mapping[str, Contact]) -> str:
    """One sentence as HTML, without the paragraph around it."""
    source = prepared(markdown)
    return sealed(_Printer(contacts, {}).children(tree(source, sentence=True)), source)


def attribute(value: object) -> str:
    """A value fit to stand between the quotes of an HTML or MJML attribute, in `mj-title` and in `mj-preview`.

    All but plain, printable ASCII becomes a character reference: nothing can break out, nothing can be escaped wrongly.
    """
    return _UNSAFE.sub(lambda match: f"&#{ord(match[0])};", printable(str(value)))


@dataclass(frozen=True)
class _Printer:
    """Prints a tree; block elements stand on lines of their own, everything else in one."""

    contacts: Mapping[str, Contact]
    levels: Mapping[int, int]

    def children(self, node: SyntaxTreeNode) -> str:
        separator = "\n" if any(child.block for child in node.children) else ""
        return separator.join(map(self.node, node.children))

    def node(self, node: SyntaxTreeNode) -> str:  # noqa: PLR0911 - one return per kind of node
        match node.type:
            case "text" | "html_inline":
                return _words(node.content)
            case "html_block":
                return f"<p>{_words(node.content.strip())}</p>"
            case "code_inline":
                return f"<code>{_words(node.content)}</code>"
            case "code_block" | "fence":
                return f"<pre><code>{_words(node.content)}</code></pre>"
            case "softbreak":
                return " "
            case "hardbreak":
                return "<br />"
            case "hr":
                return "<hr />"
            case _:
                return self._element(node)

    def _element(self, node: SyntaxTreeNode) -> str:
        inside = self.children(node)
        if node.type == "heading":
            tag = f"h{self.levels[id(node)]}"
        elif node.type in _TAGS and not (node.type == "paragraph" and node.hidden):
            tag = _TAGS[node.type]
        else:
            return inside
        attributes = self._attributes(node)
        return inside if attributes is None else f"<{tag}{attributes}>{inside}</{tag}>"

    def _attributes(self, node: SyntaxTreeNode) -> str | None:
        """What stands in the opening tag; None where a link may not be printed as one."""
        if node.type == "ordered_list":
            return f' start="{node.attrs["start"]}"' if "start" in node.attrs else ""
        if node.type != "link":
            return ""
        link = resolved(str(node.attrs["href"]), self.contacts)
        if isinstance(link, Destination) and label(node) and not inside_link(node):
            return f' href="{attribute(link.href)}"'
        return None


def label(link: SyntaxTreeNode) -> str:
    """The words of a link, without their markup."""
    spaced = {"softbreak": " ", "hardbreak": " "}
    inner = (node for node in link.walk(include_self=False) if not node.children)
    return "".join(spaced.get(node.type) or node.content for node in inner).strip()


def inside_link(node: SyntaxTreeNode) -> bool:
    """Whether a link stands around it: `[a <https://example.org> b](https://example.com)`."""
    above = node.parent
    while above is not None and above.type != "link":
        above = above.parent
    return above is not None


def _heading_levels(root: SyntaxTreeNode, top: int) -> Iterator[tuple[int, int]]:
    """Each heading with its level in the email: the used levels ranked, and never more than one below the last."""
    headings = [node for node in root.walk() if node.type == "heading"]
    ranked = {tag: top + rank for rank, tag in enumerate(sorted({node.tag for node in headings}))}
    last = top - 1
    for node in headings:
        last = min(ranked[node.tag], last + 1, _SMALLEST)
        yield id(node), last


def _words(content: str) -> str:
    return escape(printable(content), quote=False)
