"""The file and the environment together: `Settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr, ValidationError

from composer.errors import UsageError
from composer.settings.newsletter import Newsletter
from composer.source.sentences import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLES = {
    "COMPOSER_SMTP_HOST": "smtp.host",
    "COMPOSER_SMTP_PORT": "smtp.port",
    "COMPOSER_SMTP_SECURITY": "smtp.security",
    "COMPOSER_SMTP_USERNAME": "smtp.username",
    "COMPOSER_SMTP_PASSWORD": "password",
    "COMPOSER_KEY": "key",
    "COMPOSER_DKIM_KEY": "dkim_key",
}
"""The environment variables that are read, and the setting that each one gives."""


class Settings(Newsletter):
    """The file and the environment together; the secrets are never printed."""

    password: SecretStr | None = None
    key: SecretStr | None = None
    dkim_key: SecretStr | None = None
    overridden: frozenset[str] = frozenset()
    """Settings that the environment gave, by dotted name: `smtp.host`."""


def with_environment(newsletter: Newsletter, environment: Mapping[str, str]) -> Settings:
    """Settings from a newsletter's file and `COMPOSER_*` variables (see `VARIABLES`), the latter winning.

    An empty or blank variable counts as none. Raises `UsageError`, which names the variable, for a value that no
    setting takes.
    """
    given = {
        setting: environment[variable]
        for variable, setting in VARIABLES.items()
        if environment.get(variable, "").strip()
    }
    data = newsletter.model_dump(by_alias=True, exclude_unset=True)
    smtp = {name.removeprefix("smtp."): text for name, text in given.items() if name.startswith("smtp.")}
    secrets = {name: text for name, text in given.items() if "." not in name}
    if smtp:
        data["smtp"] = data.get("smtp", {}) | smtp
    try:
        return Settings.model_validate(data | secrets | {"overridden": frozenset(given)})
    except ValidationError as error:
        raise UsageError(_complaint(error, given)) from None


def _complaint(error: ValidationError, given: Mapping[str, str]) -> str:
    """The file alone was valid, so the environment is to blame: one variable, or several that do not fit together."""
    details = error.errors(include_url=False)[0]
    name = ".".join(map(str, details["loc"]))
    blamed = [variable for variable, setting in VARIABLES.items() if setting in given and setting.startswith(name)]
    _, message, hint = in_words(details, details["loc"], Settings)
    return f"{', '.join(blamed)}: {message}" + (f" ({hint})" if hint else "")
