"""Parts of an address that say how a reader came to a page, never which page it is.

Taken from the publishers' own documentation, and from Mozilla's query stripping list
(https://firefox-source-docs.mozilla.org/toolkit/components/antitracking/anti-tracking/query-stripping/index.html). Short or
common names (``ref``, ``source``, ``id``, ``p``) are not among them: they may name an article.
"""

from __future__ import annotations

from typing import Final

PREFIXES: Final = (
    "utm_",  # https://support.google.com/analytics/answer/10917952
    "mtm_",  # https://matomo.org/faq/tracking-campaigns/
    "hsa_",  # https://knowledge.hubspot.com/ads
)
NAMES: Final = frozenset(
    {
        "fbclid",  # Meta
        "pk_campaign",  # Matomo, formerly
        "pk_kwd",
        "pk_keyword",
        "pk_source",
        "pk_medium",
        "pk_content",
        "pk_cid",
        "gclid",  # Google Ads, https://support.google.com/google-ads/answer/9744275
        "dclid",
        "gbraid",
        "wbraid",
        "gclsrc",
        "_ga",  # https://support.google.com/analytics/answer/10071811
        "_gl",
        "msclkid",  # Microsoft Advertising
        "mc_cid",  # Mailchimp, https://mailchimp.com/help/
        "mc_eid",
        "_hsenc",  # HubSpot
        "_hsmi",
        "__hssc",
        "__hstc",
        "__hsfp",
        "hsctatracking",
        "mkt_tok",  # Marketo
        "ref_src",  # X, formerly Twitter
        "ref_url",
        "twclid",
        "igshid",  # Instagram
        "ttclid",  # TikTok
        "yclid",  # Yandex
        "ysclid",
        "_openstat",
        "vero_id",  # Vero
        "vero_conv",
        "oly_anon_id",  # Omeda
        "oly_enc_id",
        "s_cid",  # Adobe Analytics
    }
)


def is_tracking(name: str) -> bool:
    """Whether a field of an address's query, by its name, says only how a reader came."""
    lower = name.lower()
    return lower in NAMES or lower.startswith(PREFIXES)
