from __future__ import annotations

import base64
import hashlib
import hmac
import re

from hypothesis import example, given
from hypothesis import strategies as st
from itsdangerous import Signer

from composer.settings import Newsletter
from composer.unsubscribe import UNSUBSCRIBE_TOKEN_LENGTH, Tokens, list_headers, list_id, unsubscribe_link

KEYS_OF_ADDRESSES = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=64).map(
    lambda local: f"{local}@example.org".casefold()
)


def newsletter(**changes: object) -> Newsletter:
    return Newsletter.model_validate(
        {
            "name": "Regional Update",
            "organisation": "South East Programme",
            "address": "1 High Street",
            "sender": {"name": "Regional Update", "email": "update@example.org"},
            **changes,
        }
    )


@given(KEYS_OF_ADDRESSES)
def test_an_unsubscribe_token_gives_back_the_hash_of_its_address_and_nothing_else(address: str) -> None:
    tokens = Tokens("key")
    token = tokens.unsubscribe(address)
    assert tokens.who_leaves(token) == tokens.address_hash(address)
    assert address not in token


@given(KEYS_OF_ADDRESSES)
def test_an_unsubscribe_token_goes_into_a_url_as_it_is_and_no_program_takes_its_end_for_punctuation(
    address: str,
) -> None:
    token = Tokens("key").unsubscribe(address)
    assert re.fullmatch(r"[A-Za-z0-9._-]+[A-Za-z0-9]", token)
    assert len(token) == UNSUBSCRIBE_TOKEN_LENGTH


@given(KEYS_OF_ADDRESSES, st.integers(min_value=0, max_value=69), st.characters(max_codepoint=0x7F))
@example(address="a1@example.org", position=61, character="/")  # base 64 reads it as the "_" that stands there
def test_a_token_with_any_character_changed_is_forged(address: str, position: int, character: str) -> None:
    tokens = Tokens("key")
    token = tokens.unsubscribe(address)
    forged = token[:position] + character + token[position + 1 :]
    assert tokens.who_leaves(forged) == (tokens.address_hash(address) if forged == token else None)


@given(st.text())
def test_no_text_makes_reading_a_token_fail(text: str) -> None:
    assert Tokens("key").who_leaves(text) is None


def test_a_token_of_another_key_is_forged() -> None:
    assert Tokens("key").who_leaves(Tokens("other").unsubscribe("morgan@example.org")) is None


@given(KEYS_OF_ADDRESSES)
def test_opaque_tokens_survive_servers_that_change_case_and_fit_a_local_part(address: str) -> None:
    tokens = Tokens("key")
    for token in (tokens.bounce("653", address), tokens.message("653", address), tokens.address_hash(address)):
        assert re.fullmatch(r"[a-z2-7]{26}", token)


@given(KEYS_OF_ADDRESSES)
def test_every_purpose_and_every_mailing_has_tokens_of_its_own(address: str) -> None:
    tokens = Tokens("key")
    made = [tokens.bounce("653", address), tokens.bounce("654", address), tokens.message("653", address)]
    made += [tokens.message("654", address), tokens.address_hash(address)]
    assert len(set(made)) == len(made)


@given(st.lists(KEYS_OF_ADDRESSES, unique=True, max_size=50))
def test_nobody_shares_a_token(addresses: list[str]) -> None:
    tokens = Tokens("key")
    assert len({tokens.bounce("653", address) for address in addresses}) == len(addresses)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_tokens_are_what_anybody_with_the_key_would_reckon(key: str, address: str) -> None:
    """By the standard library's HMAC, and by itsdangerous from the beginning."""
    signer = Signer(key, salt="composer.bounce", key_derivation="hmac", digest_method=hashlib.sha256)
    digest = hmac.digest(signer.derive_key(), f"653\n{address}".encode(), "sha256")
    assert Tokens(key).bounce("653", address) == base64.b32encode(digest[:16]).rstrip(b"=").decode("ascii").lower()
    signer = Signer(key, salt="composer.unsubscribe", key_derivation="hmac", digest_method=hashlib.sha256)
    hashed = Tokens(key).address_hash(address)
    assert Tokens(key).unsubscribe(address) == signer.sign(hashed).decode("ascii")


def test_the_list_is_named_after_the_newsletter_unless_it_is_set() -> None:
    assert list_id(newsletter()) == "regional-update.example.org"
    assert list_id(newsletter(list_id="update.lists.example.org")) == "update.lists.example.org"


def test_with_a_web_address_leaving_takes_one_click() -> None:
    headers = list_headers(newsletter(unsubscribe={"url": "https://news.example.org/"}), "TOKEN")
    assert headers == (
        ("List-Id", '"Regional Update" <regional-update.example.org>'),
        (
            "List-Unsubscribe",
            "<https://news.example.org/unsubscribe/TOKEN>, <mailto:update@example.org?subject=unsubscribe%20TOKEN>",
        ),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def test_without_https_one_click_is_not_promised() -> None:
    for unsubscribe in ({}, {"url": "http://news.example.org"}):
        assert "List-Unsubscribe-Post" not in dict(list_headers(newsletter(unsubscribe=unsubscribe), "TOKEN"))


def test_without_a_web_address_leaving_is_an_email() -> None:
    leave = {"email": "leave+now@example.org"}
    assert (
        unsubscribe_link(newsletter(unsubscribe=leave), "TOKEN")
        == "mailto:leave+now@example.org?subject=unsubscribe%20TOKEN"
    )


def test_list_headers_are_ascii_whatever_the_settings_say() -> None:
    headers = list_headers(
        newsletter(
            name="Südost",
            archive_url="https://bücher.example/läden?a=1#ü",
            unsubscribe={"url": "https://bücher.example"},
        ),
        "TOKEN",
    )
    assert dict(headers)["List-Archive"] == "<https://xn--bcher-kva.example/l%C3%A4den?a=1#%C3%BC>"
    assert dict(headers)["List-Id"] == "<sudost.example.org>"
    assert all(value.isascii() for _, value in headers)
