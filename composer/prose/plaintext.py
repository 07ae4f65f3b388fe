"""Author Markdown as plain text that is pleasant to read, and the measure that all plain text is set in.

Nothing of the words is lost: a link is followed by its address, a list keeps its marks, a quote its `>`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from composer.prose.hypertext import inside_link, label
from composer.prose.links import Destination, resolved
from composer.prose.markdown import prepared, printable, tree
from composer.prose.mergefields import sealed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.tree import SyntaxTreeNode

    from composer.standing import Contact

WIDTH = 72
_NARROWEST = 24
_SPACES = re.compile(r"[ \t\r\n]+")


def text(markdown: str, contacts: Mapping[str, Contact], width: int = WIDTH) -> str:
    """The text in lines of at most `width` columns; only an address may be longer."""
    source = prepared(markdown)
    return sealed("\n".join(_Setter(contacts).blocks(tree(source), width)), source)


def inline_text(markdown: str, contacts: Mapping[str, Contact]) -> str:
    """One sentence, not wrapped."""
    source = prepared(markdown)
    return sealed(_Setter(contacts).words(tree(source, sentence=True)), source)


def wrap(words: str, width: int = WIDTH, *, indent: str = "", hanging: str = "") -> str:
    """The words in lines of at most `width` columns, `indent` before the first and `hanging` before the others.

    A line break stays one. A word that is too long, such as a web address, stands on a line of its own. Merge fields
    are as long as their fallbacks.
    """
    lines = [line for piece in words.split("\n") for line in _filled(piece, max(width - len(hanging), _NARROWEST))]
    return "\n".join((hanging if number else indent) + line for number, line in enumerate(lines)).rstrip()


def underlined(heading: str, line: str = "-", width: int = WIDTH) -> str:
    """A heading with a line under it, as long as its longest line."""
    wrapped = wrap(heading, width)
    return f"{wrapped}\n{line * max(len(shown(part)) for part in wrapped.split(chr(10)))}"


@dataclass(frozen=True)
class _Setter:
    """Sets a tree in lines."""

    contacts: Mapping[str, Contact]

    def blocks(self, node: SyntaxTreeNode, width: int) -> list[str]:
        """The lines of every block inside `node`, an empty one between two blocks, but not after a heading."""
        lines: list[str] = []
        for before, child in zip([None, *node.children], node.children, strict=False):
            if before and before.type != "heading" and not before.hidden:
                lines.append("")
            lines += self._block(child, max(width, _NARROWEST))
        return lines

    def words(self, node: SyntaxTreeNode) -> str:
        """The text of one paragraph, not wrapped; a hard break is a line break."""
        return "".join(map(self._inline, node.children))

    def _block(self, node: SyntaxTreeNode, width: int) -> list[str]:  # noqa: PLR0911 - one return per kind of node
        match node.type:
            case "heading":
                return underlined(self.words(node), "~", width).split("\n") if node.children[0].content else []
            case "blockquote":
                return [f"> {line}".rstrip() for line in self.blocks(node, width - 2)]
            case "bullet_list" | "ordered_list":
                return list(self._list(node, width))
            case "code_block" | "fence":
                return [f"    {printable(line)}".rstrip() for line in node.content.rstrip("\n").split("\n")]
            case "hr":
                return ["* * *"]
            case "html_block":
                return wrap(node.content, width).split("\n")
            case _:
                return wrap(self.words(node), width).split("\n")

    def _list(self, node: SyntaxTreeNode, width: int) -> Iterator[str]:
        first = int(node.attrs.get("start", 1))
        numbered = node.type == "ordered_list"
        marks = [f"{first + n}." if numbered else "-" for n in range(len(node.children))]
        longest = max(map(len, marks))
        for number, (mark, item) in enumerate(zip(marks, node.children, strict=True)):
            if number and not _is_tight(node):
                yield ""
            hanging = " " * (longest + 3)
            lines = self.blocks(item, width - len(hanging)) or [""]
            yield f"  {mark:>{longest}} {lines[0]}".rstrip()
            yield from ((hanging + line).rstrip() for line in lines[1:])

    def _inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text" | "code_inline" | "html_inline":
                return printable(_SPACES.sub(" ", node.content))
            case "softbreak":
                return " "
            case "hardbreak":
                return "\n"
            case "link":
                return self._link(node)
            case "strong" | "em":
                return f"*{self.words(node)}*"
            case _:
                return self.words(node)

    def _link(self, node: SyntaxTreeNode) -> str:
        words, link = label(node), resolved(str(node.attrs["href"]), self.contacts)
        if not isinstance(link, Destination) or not words or inside_link(node):
            return self.words(node)
        is_the_address = words in {link.href, link.shown, unquote(link.href)}
        return link.shown if is_the_address else f"{self.words(node)} <{link.shown}>"


def _is_tight(node: SyntaxTreeNode) -> bool:
    return all(block.hidden for item in node.children for block in item.children if block.type == "paragraph")


def _filled(words: str, width: int) -> Iterator[str]:
    line = ""
    for word in _SPACES.split(words.strip(" \t\r\n")):
        if line and len(shown(f"{line} {word}")) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
