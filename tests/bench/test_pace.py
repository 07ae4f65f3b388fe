from bench import pace
from bench.pace import Pace


def test_figures_are_medians_and_ratios_are_of_the_same_round() -> None:
    rounds = {
        "Composer": [Pace(4000, 0.2, 0.1, 0), Pace(2000, 0.3, 0.1, 0), Pace(4400, 0.1, 0.1, 0.4)],
        "nodemailer": [Pace(800, 1.5, 0.1, 0), Pace(400, 1.6, 0.2, 0), Pace(600, 1.4, 0.3, 0)],
        "smtp-source": [Pace(8000, 0.1, 0.1, 0)] * 3,
    }
    table = pace.table(rounds, dict.fromkeys(rounds, 60_000))
    composer, nodemailer, _ = table.rows
    assert composer == ("Composer", "4,000", "2,000 to 4,400", "0.200", "0.100", "5.00", "0.50", "60,000")
    assert nodemailer == ("nodemailer", "600", "400 to 800", "1.500", "0.200", "1.00", "0.07", "60,000")
    assert "medians of 3 rounds, during which others kept at most 0.40 processors busy" in table.heading


def test_who_signs_is_compared_with_who_signs() -> None:
    rounds = {name: [Pace(speed, 1, 1, 0)] for name, speed in [("Composer, DKIM", 900), ("nodemailer, DKIM", 300)]}
    table = pace.table(rounds, dict.fromkeys(rounds, 60_000))
    assert [row[5:7] for row in table.rows] == [("3.00", "-"), ("1.00", "-")]
