"""`newsletter.yaml` and the environment become one `Settings`; whoever is to blame is named."""

import pytest

from composer.errors import UsageError
from composer.settings import VARIABLES, Newsletter, Settings, describe, with_environment
from composer.source import load

SMALLEST = """\
name: Common Ground
organisation: South East Programme
address: |
  Chalkhill House
  Downhaven SE0 9ZZ
sender: {name: Common Ground, email: update@example.org}
"""


def newsletter(more: str = "") -> Newsletter:
    loaded = load(Newsletter, (SMALLEST + more).encode(), "newsletter.yaml")
    assert loaded.findings == ()
    assert isinstance(loaded.value, Newsletter)
    return loaded.value


def codes(more: str) -> list[str]:
    return [finding.code for finding in load(Newsletter, (SMALLEST + more).encode(), "newsletter.yaml").findings]


def test_little_has_to_be_said() -> None:
    settings = with_environment(newsletter(), {})
    assert [section.id for section in settings.sections] == ["intro", "updates", "reminders", "tools", "contacts"]
    assert settings.issue_title(653) == "Update no 653"
    assert settings.timezone == "Europe/London"
    assert settings.smtp.security == "starttls"
    assert settings.password is None


def test_the_environment_wins() -> None:
    environment = {
        "COMPOSER_SMTP_HOST": "mail.example.org",
        "COMPOSER_SMTP_PORT": "465",
        "COMPOSER_SMTP_SECURITY": "tls",
        "COMPOSER_SMTP_USERNAME": " ",
        "COMPOSER_SMTP_PASSWORD": "07700900111",
        "COMPOSER_KEY": "a key",
        "HOME": "/somewhere",
    }
    settings = with_environment(newsletter("smtp: {host: localhost, username: robin, connections: 2}\n"), environment)
    assert (settings.smtp.host, settings.smtp.port, settings.smtp.security) == ("mail.example.org", 465, "tls")
    assert (settings.smtp.username, settings.smtp.connections) == ("robin", 2)
    assert settings.password is not None
    assert settings.password.get_secret_value() == "07700900111"


def test_secrets_are_never_printed() -> None:
    settings = with_environment(newsletter(), {"COMPOSER_SMTP_PASSWORD": "hush", "COMPOSER_KEY": "hush"})
    assert "hush" not in f"{settings!r} {settings} {describe(settings)} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"COMPOSER_SMTP_PORT": "smtp"}, "COMPOSER_SMTP_PORT: port must be a whole number, not 'smtp'"),
        ({"COMPOSER_SMTP_PORT": "0"}, "COMPOSER_SMTP_PORT: port must be at least 1, not '0'"),
        ({"COMPOSER_SMTP_PORT": "99999"}, "COMPOSER_SMTP_PORT: port must be at most 65535, not '99999'"),
        ({"COMPOSER_SMTP_SECURITY": "ssl"}, "COMPOSER_SMTP_SECURITY: security cannot be 'ssl'"),
        ({"COMPOSER_SMTP_USERNAME": "\udcff"}, "COMPOSER_SMTP_USERNAME: username holds bytes that are not UTF-8"),
        ({"COMPOSER_SMTP_HOST": "a\nb"}, "COMPOSER_SMTP_HOST: host must stand on one line"),
        (
            {"COMPOSER_SMTP_HOST": "mail.example.org", "COMPOSER_SMTP_SECURITY": "none"},
            "COMPOSER_SMTP_HOST, COMPOSER_SMTP_SECURITY: without encryption",
        ),
    ],
)
def test_a_bad_variable_is_named(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match="COMPOSER") as caught:
        with_environment(newsletter(), environment)
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_without_encryption_only_to_this_machine() -> None:
    assert newsletter("smtp: {host: 127.0.0.1, port: 25, security: none}\n").smtp.port == 25
    assert codes("smtp: {host: mail.example.org, security: none}\n") == ["security"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("timezone: Europe/Londinium\n", "timezone"),
        ("timezone: ../../etc/passwd\n", "timezone"),
        ("timezone: /usr\n", "timezone"),
        ("language: English\n", "language"),
        ("list_id: no-dot\n", "list-id"),
        ("publication_day: Fryday\n", "choice"),
        ("reminders: {default: 30}\n", "horizon"),
        ("limits: {html_warn_kb: 101}\n", "limits"),
        ("sections: []\n", "empty"),
        ("sections: [{id: updates}, {id: tools}, {id: updates}]\n", "same-id"),
        ("tools: {weeks: 9999}\n", "number"),
        ("reminders: {horizon: 99999999999999999999}\n", "number"),
        ("password: hush\n", "unknown"),
        ("key: hush\n", "unknown"),
    ],
)
def test_a_bad_setting_is_found(more: str, code: str) -> None:
    assert codes(more) == [code]


def test_an_emptied_group_is_the_default() -> None:
    assert newsletter("smtp:\nsections:\nlimits: {html_kb: }\n") == newsletter()


def test_describe_says_where_each_setting_comes_from() -> None:
    settings = with_environment(
        newsletter("smtp: {port: 25}\n"), {"COMPOSER_SMTP_HOST": "localhost", "COMPOSER_KEY": "k"}
    )
    lines = [str(effective) for effective in describe(settings)]
    assert "address: Chalkhill House, Downhaven SE0 9ZZ  (newsletter.yaml)" in lines
    assert "smtp.port: 25  (newsletter.yaml)" in lines
    assert "smtp.host: localhost  (environment)" in lines
    assert "smtp.security: starttls  (default)" in lines
    assert "sections: intro, updates, reminders, tools, contacts  (default)" in lines
    assert "key: set  (environment)" in lines
    assert "password: not set  (default)" in lines


def test_every_variable_gives_a_setting_that_is_described() -> None:
    names = {effective.name for effective in describe(with_environment(newsletter(), {}))}
    assert set(VARIABLES.values()) <= names
    assert "overridden" not in names
    assert set(Settings.model_fields) >= {name.split(".")[0] for name in names}


def test_more_sections_than_an_email_has_are_refused() -> None:
    sections = "".join(f"- {{id: s{number}}}\n" for number in range(9999))
    findings = load(Newsletter, f"sections:\n{sections}".encode(), "newsletter.yaml").findings
    assert "sections has more than 50 entries" in [finding.message for finding in findings]
