"""Tries that run out and come back."""

from toolkit.serve.doors.limits import _MOST_ADDRESSES, Attempts, Bucket, Pace


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_a_bucket_is_empty_after_its_tries_and_fills_up_with_time():
    clock = Clock()
    bucket = Bucket(3, 0.5, clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now = 2
    assert bucket.take()
    assert not bucket.take()
    clock.now = 1_000
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_each_address_has_a_bucket_and_a_household_shares_one():
    attempts = Attempts(2, 1, Clock())
    for address in ("192.0.2.1", "2001:db8::1"):
        assert attempts.take(address)
        assert attempts.take(address)
        assert not attempts.take(address)
        assert not attempts.left(address)
    assert attempts.left("192.0.2.2")
    assert not attempts.left("2001:db8::ffff:1")
    assert attempts.left("2001:db8:0:1::1")
    assert attempts.left("no address at all")


def test_looking_takes_nothing():
    attempts = Attempts(1, 1, Clock())
    assert all(attempts.left("192.0.2.1") for _ in range(10))


def test_a_million_addresses_do_not_fill_the_memory():
    attempts = Attempts(1, 1, Clock())
    for number in range(_MOST_ADDRESSES + 50):
        attempts.take(f"host-{number}")
    assert len(attempts._buckets) == _MOST_ADDRESSES
    assert attempts.left("host-0")
    assert not attempts.left(f"host-{_MOST_ADDRESSES}")


def test_a_rush_has_its_turn_at_once_and_what_follows_waits_and_is_not_refused():
    clock = Clock()
    pace = Pace(3, 2, clock)
    assert [pace.wait() for _ in range(5)] == [0, 0, 0, 0.5, 1]
    clock.now = 1
    assert pace.wait() == 0.5
    clock.now = 60
    assert pace.wait() == 0
