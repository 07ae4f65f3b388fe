"""Author Markdown → safe HTML fit for MJML, and → plain text that says the same.

    author text ─► mergefields.tokenise ─► markdown.read ─┬─► hypertext.html
                                                          ├─► plaintext.text
                                                          ├─► proofreading.mistakes ─► manuscript.findings
                                                          └─► reading.read_markdown

Every function takes any text whatever and never raises: what is wrong with it, `mistakes` says; what is printed of it
loses none of its words. `contacts` are the newsletter's contacts by id, for links like `[Robin](contact:robin-tate)`.
"""

from composer.prose.hypertext import attribute, html, inline_html
from composer.prose.manuscript import MARKDOWN, SENTENCES, findings, reminder_findings, standing_findings, texts
from composer.prose.mergefields import MergeToken, merge_fields, shown, tokenise
from composer.prose.plaintext import inline_text, text, underlined, wrap
from composer.prose.proofreading import Mistake, mistakes
from composer.prose.reading import Anchor, Block, BlockKind, read_markdown, read_words

__all__ = [
    "MARKDOWN",
    "SENTENCES",
    "Anchor",
    "Block",
    "BlockKind",
    "MergeToken",
    "Mistake",
    "attribute",
    "findings",
    "html",
    "inline_html",
    "inline_text",
    "merge_fields",
    "mistakes",
    "read_markdown",
    "read_words",
    "reminder_findings",
    "shown",
    "standing_findings",
    "text",
    "texts",
    "tokenise",
    "underlined",
    "wrap",
]
