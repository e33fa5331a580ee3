"""What the names of elements say they are: classes, ids, roles and tags told apart as chrome, comments, captions and so on.

A name is cut into words (``post-meta``, ``postMeta`` and ``post_meta`` are two words each), so that ``bar`` is not found in
``barack``. The words are those of common content systems, in the languages in which sites name their elements.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[^\W\d_A-Za-z]+")
_MOST = 300  # characters of a name that are looked at


class Role:
    """What an element is, by its names: bits of a number. Those of all its ancestors together are a block's.

    (Plain numbers: they are joined for every element of a page, and those of ``enum.IntFlag`` take twenty times as long.)
    """

    NONE = 0
    CHROME = 1
    COMMENT = 2
    RELATED = 4
    AD = 8
    SHARE = 16
    META = 32
    CAPTION = 64
    HIDDEN = 128
    HEADER = 256
    BODY = 512
    STANDFIRST = 1024
    QUOTED = 2048
    REPEATED = 4096
    FORM = 8192
    TEASER = 16384


NO_BODY = (
    Role.CHROME
    | Role.COMMENT
    | Role.RELATED
    | Role.AD
    | Role.SHARE
    | Role.META
    | Role.CAPTION
    | Role.HIDDEN
    | Role.REPEATED
    | Role.FORM
    | Role.TEASER
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BY_WORD: tuple[tuple[int, frozenset[str]], ...] = (
    (
        Role.CHROME,
        _words(
            "nav navbar navigation navi menu menus submenu breadcrumb breadcrumbs crumb crumbs sidebar footer cookie cookies "
            "consent"
            " gdpr popup modal lightbox toolbar masthead topbar pagination pager paging pagenavi searchform skiplink offcanvas"
            " copyright colophon disclaimer sidenav rail toast snackbar rightcol fußzeile"
        ),
    ),
    (
        Role.COMMENT,
        _words(
            "comment comments commentlist commentary-list disqus respond livefyre commentform commentthread kommentar "
            "kommentare"
            " commentaire commentaires comentario comentarios comentários reactions reacties kommentarer komentarze "
            "discourse reply replies"
            " fbcomments viafoura spotim coral"
        ),
    ),
    (
        Role.RELATED,
        _words(
            "related recommended recommendation recommendations recommend recirc recirculation outbrain taboola trending"
            " popular mostread mostpopular zergnet revcontent readmore morestories upnext relacionadas relacionados similaires"
            " verwandte onward alsoread readalso seealso relatedposts relatedarticles suggested crosslinks linkbox"
            " infobox factbox faktenbox"
        ),
    ),
    (Role.TEASER, _words("teaser teasers")),
    (
        Role.AD,
        _words(
            "ad ads adv advert advertisement advertising adsense adslot adunit adbox adblock advertorial sponsor sponsored "
            "sponsors dfp gpt"
            " promo promotion promobox promos werbung anzeige publicidad publicite pub-block marketing commercial donate "
            "donation"
            " donations fundraising"
        ),
    ),
    (
        Role.SHARE,
        _words(
            "share sharing shares sharebar sharedaddy addthis addtoany social socials sociable follow newsletter newsletters "
            "signup subscribe"
            " subscription mailchimp jp-relatedposts mailinglist teilen partager compartir whatsapp facebook twitter pinterest"
        ),
    ),
    (
        Role.META,
        _words(
            "byline bylines author authors authorbox bio biography meta metadata postmeta entrymeta timestamp dateline "
            "pubdate date dates"
            " datetime time tags taglist tagcloud keywords categories category cat-links kicker eyebrow rating ratings"
            " readtime readingtime views viewcount vote votes posted postinfo articleinfo credits contributor contributors"
            " autor autoren auteur redacteur reporter journalist correction-link fontsize printonly toc"
        ),
    ),
    (
        Role.CAPTION,
        _words(
            "caption captions figcaption imagecaption photocaption credit photocredit imagecredit copyright-holder legend "
            "légende"
            " bildunterschrift gallery slideshow carousel slider videoplayer player thumbnail thumb lightcaption infographic "
            "imgcaption"
            " leyenda didascalia"
        ),
    ),
    (
        Role.HIDDEN,
        _words("hidden sr screenreader visuallyhidden noscript invisible printonly noprint offscreen tooltip editsection"),
    ),
    (
        Role.STANDFIRST,
        _words("standfirst subtitle subhead subheadline subheading deck dek chapo sottotitolo vorspann teasertext entradilla"),
    ),
)

_ROLES: dict[str, int] = {}
for _role, _known in _BY_WORD:
    for _word in _known:
        _ROLES[_word] = _ROLES.get(_word, 0) | _role

# Names of two words or more that say what their words alone would not.
_BY_PHRASE: tuple[tuple[int, tuple[str, ...]], ...] = (
    (Role.RELATED, (
        "read more", "more stories", "more news", "more from", "most read", "most popular", "also read", "read also", "read next",
        "next article", "prev next", "post navigation", "you may", "see also", "further reading", "more on", "latest news",
        "latest posts", "recent posts", "next post", "previous post", "post nav", "editors pick", "editors picks", "story links",
        "in brief list", "article list", "news list", "card grid", "card list", "link list", "inline link", "rich link",
        "follow up",
    )),
    (Role.SHARE, ("sign up", "mailing list", "email signup", "call to action", "cta box", "app promo", "inline newsletter")),
    (Role.META, (
        "read time", "reading time", "tag list", "post tags", "entry footer", "post footer", "article footer",
        "article info", "post info",
        "post date", "entry date", "publish date", "published date", "author box", "author bio", "about author",
        "about the author",
        "cat links", "tags links", "article tags", "topic tags", "topics list", "edit link", "table of contents", "copy right",
    )),
    (Role.CHROME, ("site header", "page header nav", "top bar", "side bar", "left rail", "right rail", "right column",
        "left column",
                   "skip link", "site footer", "page footer", "global header", "cookie bar", "cookie notice", "site info",
                   "search form",
                   "side col", "col side", "main header bar", "site notice", "privacy notice")),
    (Role.CAPTION, ("image credit", "photo credit", "wp caption", "media caption", "image text", "photo info", "image info",
        "img caption",
                    "photo desc", "img desc", "image desc", "media info")),
    (Role.HIDDEN, ("screen reader", "visually hidden", "sr only", "print only", "d none", "is hidden", "u hidden")),
    (Role.COMMENT, ("comment list", "reader comments", "user comments", "fb comments", "discussion thread", "add comment")),
    (Role.BODY, (
        "article body", "article content", "article text", "entry content", "post content", "post body", "story body",
        "story content",
        "body content", "body text", "articlebody", "news body", "news content", "content body", "article main",
        "post text", "story text",
        "article view", "view content", "text body", "main text", "page content", "field body", "single content",
        "rich text", "full text",
        "news text", "newsbody", "storybody", "news view", "artikel text", "artikel body", "texte article",
        "cuerpo noticia", "article copy",
        "story copy", "body copy", "article txt", "articletxt", "article contents", "post entry", "td post content",
        "theme content",
    )),
    (Role.STANDFIRST, (
        "sub title", "sub headline", "sub head", "article summary", "article lead", "article intro", "post excerpt",
        "article subtitle",
        "article standfirst", "article deck", "article dek", "lead text", "lead paragraph", "article description",
        "story summary",
        "entry summary", "article excerpt", "post subtitle",
    )),
)  # fmt: skip
_PHRASES = {phrase: role for role, phrases in _BY_PHRASE for phrase in phrases}
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in _PHRASES)
_SINGLE_BODY = _words(
    "articlebody entrycontent postcontent storybody articletext newsbody articlecontent postbody bodytext storytext maintext"
)
_TAGS = {
    "nav": Role.CHROME, "footer": Role.CHROME, "dialog": Role.CHROME, "menu": Role.CHROME, "aside": Role.RELATED,
    "form": Role.FORM, "fieldset": Role.FORM, "figcaption": Role.CAPTION, "figure": Role.CAPTION, "caption": Role.CAPTION,
    "header": Role.HEADER, "blockquote": Role.QUOTED, "time": Role.META, "address": Role.META,
}  # fmt: skip
_ARIA = {
    "navigation": Role.CHROME, "contentinfo": Role.CHROME, "banner": Role.CHROME, "search": Role.CHROME,
    "dialog": Role.CHROME, "alertdialog": Role.CHROME, "menu": Role.CHROME, "menubar": Role.CHROME, "toolbar": Role.CHROME,
    "complementary": Role.RELATED, "doc-credit": Role.CAPTION, "tooltip": Role.HIDDEN, "form": Role.FORM,
}  # fmt: skip


def words_of(name: str) -> list[str]:
    """The words that a class or an id is made of, in small letters."""
    return [word.lower() for word in _WORDS.findall(name[:_MOST])]


@lru_cache(maxsize=4096)
def role_of_name(name: str) -> int:
    """What one class or one id says."""
    words = words_of(name)
    role = Role.BODY if "".join(words) in _SINGLE_BODY else Role.NONE
    for length in range(2, _LONGEST_PHRASE + 1):
        for at in range(len(words) - length + 1):
            role |= _PHRASES.get(" ".join(words[at : at + length]), 0)
    if role & (Role.BODY | Role.STANDFIRST):
        return role
    for word in words:
        role |= _ROLES.get(word, 0)
    return role


@lru_cache(maxsize=4096)
def role_of_names(classes: str, ident: str) -> int:
    """What the classes and the id of an element say together. A name that says body outweighs one that says something else."""
    role = Role.NONE
    for name in [*classes.split()[:20], ident]:
        if name:
            role |= role_of_name(name)
    return Role.BODY if role & Role.BODY else role


def role_of_tag(tag: str, aria: str | None) -> int:
    """What the tag and the ARIA role of an element say."""
    return _TAGS.get(tag, Role.NONE) | _ARIA.get((aria or "").strip().lower(), Role.NONE)
