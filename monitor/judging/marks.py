"""Marks: the signs of pages that are no articles, as data, each with an example; every source can add its own.

A mark counts only where the text is short, and on a page that a layout could read only where ``in_articles`` says so: an
article may quote any of these words, load a challenge script and carry a cookie banner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.article import fold
from monitor.model import PageFacts
from monitor.settings import Mark

# What stands between a page's own title and its site's name. A title is compared part by part, and each part as a
# whole: "Page not found | The Times" is a sign, "Page not found in the archive, minister says" is none.
_BETWEEN = re.compile(r"\s+[|\-–—·•»:]+\s+")
_ENDS = " .…!?:»«'\"()[]"

MARKS = (
    Mark(
        "a block page",
        ('<meta name="kcsc" content="blocking"', "<meta name='kcsc' content='blocking'", "<meta name=kcsc content=blocking"),
        in_articles=True,
        example='<head><META name="kcsc"  content="blocking"><title>Warning</title></head><body><h1>Notice</h1><p>Blocked.</p>',
    ),
    Mark(
        "a block page",
        ("web page blocked", "this website has been blocked", "this site has been blocked by", "access to this site is blocked"),
        where="text",
        longest=60,
        in_articles=True,
        example="<h1>Web Page Blocked!</h1><p>The page you have requested has been blocked.</p>",
    ),
    Mark(
        "a block page",
        ("web page blocked", "access denied", "403 forbidden", "sorry, you have been blocked", "request blocked"),
        where="title",
        longest=120,
        in_articles=True,
        example="<title>Access Denied</title><h1>Access Denied</h1><p>You don't have permission to access this server.</p>",
    ),
    Mark("a block page", ("web page blocked",), example="<body onload=\"show('Web page blocked')\"></body>"),
    Mark(
        "a challenge page",
        ("checking your browser", "enable javascript and cookies", "/cdn-cgi/challenge-platform/"),
        example="<noscript>Enable JavaScript and cookies to continue</noscript><script src='/cdn-cgi/x'></script>",
    ),
    Mark(
        "a challenge page",
        (
            "checking your browser",
            "enable javascript and cookies",
            "checking if the site connection is secure",
            "verify you are human",
            "verifying you are human",
            "needs to review the security of your connection",
        ),
        where="text",
        longest=60,
        in_articles=True,
        example="<h1>times.example</h1><p>Checking your browser before accessing times.example.</p><p>This takes a moment.</p>",
    ),
    Mark(
        "a challenge page",
        ("just a moment", "attention required", "one moment, please", "ddos-guard", "are you a robot"),
        where="title",
        longest=60,
        in_articles=True,
        example="<title>Attention Required! | Cloudflare</title><h1>One more step</h1><p>Please complete the check.</p>",
    ),
    Mark(
        "a consent wall",
        (
            "before you continue to",
            "we value your privacy",
            "accept cookies to continue",
            "accept all cookies to continue",
            "consent to the use of cookies to continue",
            "please accept our use of cookies",
        ),
        where="text",
        proves="broken",
        longest=60,
        in_articles=True,
        example="<h1>We value your privacy</h1><p>We and our partners store information on your device.</p>",
    ),
    Mark(
        "a consent wall",
        ("before you continue", "cookie consent", "your privacy choices", "we value your privacy"),
        where="title",
        proves="broken",
        longest=120,
        in_articles=True,
        example="<title>Cookie consent</title><h1>Cookie consent</h1><p>Choose what you agree to.</p>",
    ),
    Mark(
        "a login wall",
        (
            "log in to continue",
            "sign in to continue",
            "please log in to",
            "please sign in to",
            "you must be logged in to",
            "you need to log in to",
            "subscribe to continue reading",
            "subscribe to read this article",
            "this content is for subscribers only",
            "this article is for subscribers only",
        ),
        where="text",
        proves="broken",
        longest=80,
        in_articles=True,
        example="<h1>An article</h1><p>You must be logged in to read this article.</p>",
    ),
    Mark(
        "a login wall",
        ("log in", "login", "sign in", "login required", "members only", "subscribers only"),
        where="title",
        proves="broken",
        longest=100,
        in_articles=True,
        example="<title>Log in - The Times</title><h1>Log in</h1><p>Name and password, please.</p>",
    ),
    Mark(
        "a page that says it is not found",
        (
            "page not found",
            "404",
            "404 not found",
            "not found",
            "error 404",
            "404 error",
            "404 page not found",
            "article not found",
            "page cannot be found",
            "page no longer available",
            "article no longer available",
        ),
        where="title",
        proves="broken",
        longest=120,
        in_articles=True,
        example="<title>Page not found | The Times</title><h1>Page not found</h1><p>Try the search.</p>",
    ),
    Mark(
        "a page that says it is not found",
        (
            "page you requested could not be found",
            "page you are looking for",
            "page you were looking for",
            "this page could not be found",
            "this page does not exist",
            "this page doesn't exist",
            "page cannot be found",
            "page can't be found",
            "the requested page was not found",
            "the requested url was not found",
            "article you requested could not be found",
            "this article is no longer available",
            "this page is no longer available",
            "nothing was found at this location",
        ),
        where="text",
        proves="broken",
        longest=80,
        in_articles=True,
        example="<h1>Oops</h1><p>Sorry, the page you are looking for does not exist.</p>",
    ),
    Mark(
        "a maintenance page",
        (
            "site is under maintenance",
            "website is under maintenance",
            "currently under maintenance",
            "down for maintenance",
            "currently undergoing maintenance",
            "undergoing scheduled maintenance",
            "performing scheduled maintenance",
            "briefly unavailable for scheduled maintenance",
            "we'll be back soon",
            "we will be back soon",
            "service is temporarily unavailable",
            "site is temporarily unavailable",
        ),
        where="text",
        proves="broken",
        longest=80,
        in_articles=True,
        example="<h1>Sorry</h1><p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>",
    ),
    Mark(
        "a maintenance page",
        (
            "under maintenance",
            "site under maintenance",
            "maintenance mode",
            "scheduled maintenance",
            "we'll be back soon",
            "service unavailable",
            "503 service unavailable",
            "temporarily unavailable",
        ),
        where="title",
        proves="broken",
        longest=80,
        in_articles=True,
        example="<title>Site under maintenance</title><h1>Site under maintenance</h1><p>Thank you for your patience.</p>",
    ),
)


def found(facts: PageFacts, marks: Iterable[Mark], words: int) -> tuple[Mark, str] | None:
    """The first of ``marks`` that a page of so many words bears, with what it bears of it."""
    source, text, titles = plain(facts.source), plain(facts.text), [plain(title) for title in facts.titles]
    for mark in marks:
        if words > mark.longest:
            continue
        for wanted in mark.words:
            if _stands(plain(wanted), mark, source, text, titles):
                return mark, wanted
    return None


def plain(text: str) -> str:
    """``text`` as marks are compared: on one line, in small letters, apostrophes straight."""
    return fold(text).replace("’", "'").lower()


def _stands(wanted: str, mark: Mark, source: str, text: str, titles: Iterable[str]) -> bool:
    if mark.where == "title":
        return any(part.strip(_ENDS) == wanted.strip(_ENDS) for title in titles for part in _BETWEEN.split(title))
    return wanted in (text if mark.where == "text" else source)
