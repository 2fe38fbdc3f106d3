"""What an address is called in the log."""

import datetime

from toolkit.serve.doors.alias import Alias


def test_a_device_has_one_name_for_a_day_and_another_the_next():
    days = [datetime.date(2026, 5, 1)]
    alias = Alias(lambda: days[-1])
    first = alias.of("192.0.2.7")
    assert first == alias.of("192.0.2.7")
    assert first != alias.of("192.0.2.8")
    assert "192" not in first
    days.append(datetime.date(2026, 5, 2))
    assert alias.of("192.0.2.7") != first


def test_no_other_server_gives_it_the_same_name():
    assert Alias().of("192.0.2.7") != Alias().of("192.0.2.7")
