from bench.tables import Table

TABLE = Table("Speeds", ("client", "messages/s"), (("Composer", "4,000"), ("a slower one", "700")))


def test_a_table_lines_up_in_a_terminal() -> None:
    assert str(TABLE).splitlines() == [
        "Speeds",
        "client        messages/s",
        "Composer           4,000",
        "a slower one         700",
    ]


def test_a_table_is_markdown_to_paste() -> None:
    assert TABLE.markdown().splitlines() == [
        "**Speeds**",
        "",
        "| client | messages/s |",
        "| --- | ---: |",
        "| Composer | 4,000 |",
        "| a slower one | 700 |",
    ]
