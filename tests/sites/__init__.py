"""Pages of the sources that come with the program, made for tests: one module a kind of site, written after what is known of it.

:func:`files` gives them all, by path under ``tests/``: ``pages/SOURCE/NAME.html`` with the article's text beside it, and
``pages/SOURCE/NAME.listing.html`` (or ``.xml``) with the links that reading it must give.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from . import examples, kcna_kp, kcna_watch, plain, rodong


def files(seeds: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every page and its text; ``seeds`` are the files of ``seeds/`` by their names."""
    made = chain(examples.files(), kcna_kp.files(), kcna_watch.files(dict(seeds)), plain.files(), rodong.files())
    return {f"pages/{each.path}": each.data for each in made}
