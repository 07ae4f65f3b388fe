"""The parts of an address by which somebody counts clicks, and the address without them."""

from __future__ import annotations

import re

from composer.checks.reading.addresses.webaddress import host

_NAME = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|li_fat_id"
    r"|igsh(?:id)?|mc_[ce]id|_hs(?:enc|mi)|hsctatracking|mkt_tok|ref_(?:src|url)|vero_id|oly_(?:anon|enc)_id|dm_i|_cldee"
    r"|inf_contact_key|vgo_ee|ml_subscriber\w*|s_cid|wickedid|trk(?:info)?|__[hs]s\w{1,4}|_g[al]",
    re.IGNORECASE,
)
_SHARED = re.compile(r"si|feature", re.IGNORECASE)
_VIDEO = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "open.spotify.com"})


def without_clicktags(url: str) -> tuple[str, tuple[str, ...]]:
    """The address without them, all else to the letter; and the names of what was taken out, each once."""
    address, hash_mark, fragment = url.partition("#")
    base, mark, query = address.partition("?")
    if not mark and "=" not in fragment:
        return url, ()
    is_video = host(url) in _VIDEO
    kept, gone = _sorted_out(query, is_video=is_video)
    kept_below, gone_below = _sorted_out(fragment, is_video=is_video)
    names = tuple(dict.fromkeys([*gone, *gone_below]))
    if not names:
        return url, ()
    return base + (mark + kept if kept else "") + (hash_mark + kept_below if kept_below else ""), names


def _sorted_out(query: str, *, is_video: bool) -> tuple[str, list[str]]:
    parts = query.replace("&amp;", "&").split("&")
    gone = [part for part in parts if _is_clicktag(part.partition("="), is_video=is_video)]
    return "&".join(part for part in parts if part not in gone), [part.partition("=")[0] for part in gone]


def _is_clicktag(part: tuple[str, str, str], *, is_video: bool) -> bool:
    name, _, value = part
    return bool(value) and bool(_NAME.fullmatch(name) or (is_video and _SHARED.fullmatch(name)))
