"""Message-IDs (RFC 5322 §3.6.4) as they are compared here."""


def bare(message_id: str) -> str:
    """A Message-ID without its brackets and what stands around them; the log has a folded one behind a blank."""
    return message_id.strip(" \t?").removeprefix("<").removesuffix(">")


def domain(message_id: str) -> str:
    """The part behind the @."""
    return message_id.rpartition("@")[2]
