"""Email: what the finished HTML, plain text and message need so that every inbox and every reader can cope with it."""
