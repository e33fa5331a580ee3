"""Passwords are kept as digests that take long to try."""

from __future__ import annotations

from monitor.reviewing.passwords import digest_of, fits, problem_of


def test_a_password_fits_its_digest_and_no_other() -> None:
    kept = digest_of("correct horse")
    assert fits("correct horse", kept)
    assert not fits("correct horsf", kept)
    assert "horse" not in kept
    assert kept.startswith("scrypt$15$8$3$")


def test_the_same_password_has_another_digest_each_time() -> None:
    assert digest_of("correct horse") != digest_of("correct horse")


def test_what_is_no_digest_fits_nothing() -> None:
    for kept in (None, "", "plain", "scrypt$x$8$3$00$00", "md5$1$1$1$00$00"):
        assert not fits("correct horse", kept)


def test_a_bad_password_is_named_as_such() -> None:
    assert problem_of("correct horse") is None
    assert "10 characters or more" in str(problem_of("short"))
    assert "1024 characters or less" in str(problem_of("x" * 2000))
    assert "again and again" in str(problem_of("abababababab"))
