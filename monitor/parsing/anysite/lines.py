"""Lines that are no body wherever they stand: bylines, credits, calls to subscribe; and headings that end an article.

Each pattern is matched against a whole short line, so that a sentence which holds the same words is left alone. *Labels* count
only where the line does not end as a sentence does.
"""

from __future__ import annotations

import re

_LONGEST = 240  # characters of a line that can be one of these
_NAME = (
    r"[A-Z\u00c0-\u024f][\w.'’\-]*(?:,?\s+(?:de|van|von|der|bin|al|di|la|le|and|et|und|y|&|[A-Z\u00c0-\u024f][\w.'’\-]*)){0,9}"
)
_NETWORKS = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|e-?mail|reddit|pinterest|telegram|print"
    r"|copy link|messenger|flipboard|tumblr|line|more)"
)
_STORY = (
    r"(?:stories|articles?|news|posts?|content|links?|reading|coverage|reads|headlines|videos?|entries|items|pages|story"
    r"|topics?)"
)

_ALWAYS = (
    r"advertise?ments?|adverts?|ads?|sponsored(?: content)?|promoted|anzeige|werbung|publicidad|publicité|реклама|광고|广告"
    r"|\[?ad\]?",
    r"(?:article|story) continues (?:after|below).{0,60}|(?:skip|jump) (?:to|past) .{0,80}|end of .{0,60}promotion.{0,20}"
    r"|loading\W*(?:comments.*)?",
    rf"(?:(?:share|tweet|{_NETWORKS})[\W\d]*)+|share (?:this|via|on|with your|to) .{{0,80}}|share\W*",
    r"follow (?:us|me|\S+) on .{0,100}|like us on .{0,80}|join (?:us|our|the conversation)\b.{0,140}|(?:follow"
    r"|seguir) @\S+.{0,60}",
    r"(?:sign up|subscribe|register)(?: (?:to|for|now|here|today|and) .{0,180}|\W*)|(?:sign|log) in\W*"
    r"|.{0,120}to your inbox.{0,40}"
    r"|.{0,160}newsletter.{0,160}(?:sign up|subscribe|register|anmelden|abonnieren|s.inscrire|inscri).{0,60}"
    r"|.{0,60}(?:sign up|subscribe).{0,160}newsletter.{0,60}"
    r"|(?:donate|donate now|give now|support us|faites un don|faire un don|jetzt spenden|spenden|haz una donación|donar"
    r"|sign the petition)\W*",
    r"(?:get|receive) .{0,90}(?:newsletter|inbox|e-?mails?)\b.{0,60}|download (?:our|the) .{0,40}\bapp\b.{0,60}"
    r"|enter your e-?mail.{0,60}",
    r"(?:read|see|watch|listen|find out|learn|view|show|load|click for)(?: (?:more|also|next|all|less|on|this"
    r"|the full (?:story|article)))+\W*"
    r"(?:[:：»>›→|].{1,200})?|(?:read|see|watch|listen|also read|related|recommended|don.t miss|must read|trending"
    r"|in pictures|more)"
    rf"(?: {_STORY}| video)?\s*[:：»›→|].{{0,200}}|(?:read|see) (?:also|more|next)\b.{{0,30}}:.{{0,180}}",
    r"(?:lesen sie (?:auch|mehr)|mehr (?:zum thema|dazu|lesen)|lire (?:aussi|également|la suite)|à lire (?:aussi|également)"
    r"|(?:lea|lee|leer|ver|vea)"
    r" (?:también|además|más)|leggi anche|leia (?:também|mais)|lees ook|les også|läs (?:också|även|mer)|читайте также"
    r"|czytaj (?:też|także|również"
    r"|więcej)|relacionad[ao]s?|te puede interesar)\b.{0,160}",
    r"(?:click|tap) (?:here|to|on) .{0,100}|(?:back|return|go back) to (?:top|home|the top|news|blog|list|homepage"
    r"|index)\b.{0,30}",
    r".{0,60}\(c\) ?\d{4}.{0,160}|(?:©|ⓒ|copyright (?:©|\(c\)|\d)).{0,220}|.{0,80}\ball rights reserved\b.{0,100}"
    r"|.{0,30}(?:저작권자|무단 ?전재).{0,120}|版权所有.{0,80}",
    rf"[\d,.]+[km]? (?:comments?|shares?|views?|likes?|reads?|kommentare?|commentaires?|comentarios?|replies|reactions?"
    rf"|retweets?|{_STORY} viewed)\W*",
    r"(?:no|add|leave|post|write|view|show|hide|load|read|see) (?:a |your |all |the |more |\d+ )*(?:comments?|reply"
    r"|discussion)\W*.{0,30}",
    r"comments? ?\W?\d*\W?|comments? (?:are |have been )?(?:closed|off|disabled|turned off).{0,40}"
    r"|be the first to comment.{0,40}",
    r"(?:reading time|read time|est\. read|lesezeit|temps de lecture|tiempo de lectura)\b.{0,40}|.{0,100}(?:reading time"
    r"|read time|lesezeit|temps de lecture)\W{0,3}\d+.{0,20}|\d+[ -]?min(?:ute)?s?\.?(?: read| lesezeit"
    r"| de lecture| de lectura| lesedauer)?\W*",
    r"(?:this|the) (?:article|story|post|essay|piece) (?:was |has been |first |also |is )*(?:originally "
    r"|first )?(?:published|appeared)"
    r" (?:on|in|by|at) .{0,160}|.{0,60}\bwe may (?:earn|receive) .{0,40}commission.{0,120}",
    r"(?:do you have|have you got|got) .{0,60}(?:story|tip|tips|photo|news)\b.{0,40}\?.{0,120}|if you (?:enjoyed|liked"
    r"|like) .{0,160}",
    r"\W+|https?://\S+|[\w.+-]+@[\w.-]+\.\w{2,6}|@\w+|<?끝>?|관련 ?(?:기사|뉴스).{0,60}"
    r"|[가-힣]{2,4} ?(?:기자|특파원)(?: ?=.{0,20}"
    r"| \S+@\S+)?|(?:이메일|목록|맨 ?위로|기사 ?목록|메일 ?보내기|프린트|오류 ?신고)\W*",
    r"\d+ ?(?:of|/) ?\d+|(?:previous|next|prev|older|newer|zurück|weiter|précédent|suivant|anterior|siguiente|이전|다음"
    r"|上一篇|下一篇)"
    r"(?: (?:article|post|story|page|chapter|topic|posts|entry|글|기사))?\W*(?:[:：«»<>←→].{0,140})?",
    r"(?:play|pause|mute|unmute|watch|replay|listen)(?: (?:video|now|live|the video|to this article|audio|again))?\W*"
    r"|open image in .{0,30}",
    r".{0,80}\bjavascript\b.{0,80}(?:enable|disabled|required|browser).{0,40}|.{0,40}enable javascript.{0,80}"
    r"|your browser does not support.{0,80}",
    r"(?:toggle|close|open|expand|collapse|hide|show|view|enlarge|zoom)(?: (?:menu|navigation|search|gallery|image|caption"
    r"|this|all|modal|dialog))*\W*",
    r".{0,60}\b(?:uses?|using) cookies\b.{0,140}|we value your privacy.{0,60}|(?:accept|reject|manage) (?:all|cookies"
    r"|settings|preferences)\W*",
    r"(?:分享|打印|收藏|责任编辑|编辑|来源|责编|作者|记者).{0,30}|(?:シェア|ツイート|ポスト)する?.{0,10}|.{0,30}(?:メール|ニュースレター|メルマガ).{0,20}(?:お届け|登録"
    r"|購読).{0,20}|.{0,30}뉴스레터.{0,40}|공유(?:하기)?|인쇄|글자 ?크기.{0,20}|스크랩|댓글\W*\d*",
)  # fmt: skip
_LABELS = (
    r"(?:photos?|images?|pictures?|credits?|video|photo credits?|image credits?|sources?|foto|fotos|bild|quelle|фото|사진"
    r"|graphic|illustration"
    r"|picture credit|file photo|photograph|header image|featured image|출처|图|写真)(?: (?:credit|copyright|source|by|from"
    r"|courtesy))?"
    r" ?[:：=©/|].{0,160}",
    r"(?:photos?|images?|pictures?|photograph|illustration|graphic|video|artwork)s? (?:by|courtesy|copyright|credit"
    r"|via) .{0,120}"
    r"|\(?(?:ap|reuters|afp|getty)(?: photo)? ?/.{0,80}|image (?:copyright|caption|source) .{0,200}|(?:getty images|reuters"
    r"|ap photo|afp|epa|alamy)\W*.{0,40}",
    r"(?:tags?|topics?|filed (?:under|in)|categor(?:y|ies)|posted (?:in|under)|labels?|keywords?|schlagw[öo]rter|themen"
    r"|étiquettes|mots.clés|etiquetas"
    r"|теги|more on|in this (?:article|story)|sections?|태그|标签|タグ)\s?[:：].{0,220}|(?:filed|posted) (?:under|in) .{0,120}",
    r"(?:written|posted|published|reported|by|from|von|par|por|di|door|av|text|words|autor|author|reporter|story by|от"
    r"|автор)(?: (?:by|von|par|on))?"
    r" ?[:：] ?.{0,100}",
    r"(?:last )?(?:updated?|modified|published|posted|first published|created|aktualisiert|stand|veröffentlicht|publié"
    r"|mis à jour|publicado"
    r"|actualizado|aggiornato|pubblicato|опубликовано|обновлено|입력|수정|등록|게시"
    r"|최종 ?수정|最終更新|发布时间|更新|公開)\b.{0,80}\d.{0,40}",
    r"(?:print|save|bookmark|e-?mail)(?: (?:this|article|story|page))*|(?:copy|get) (?:the )?link.{0,20}|loading .{0,40}"
    r"|teilen|partager|compartir|поделиться",
    r"(?:follow|support|donate to|contact) (?:us|our|the author|@\w+|\w+ on)\b.{0,100}|watch\W.{0,20}:.{0,140}|you (?:may"
    r"|might) also (?:like|be interested).{0,60}",
)  # fmt: skip
_BYLINE = re.compile(
    r"(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Tt]ext[eo]?|[Ww]ritten by|[Rr]eported by|[Ss]tory by"
    r"|[Pp]osted by)\s+" + _NAME + r"(?:\s*[,|•·–—-].{0,80})?"
)
_ENDINGS = (
    rf"(?:related|recommended|suggested|trending|similar|further|latest|recent|more|other|top|popular|most popular|must"
    rf"|our latest|more related) {_STORY}"
    r"(?: (?:on|from|in|about|of|for|by|to) .{0,60})?\W*|related|recommended(?: for you)?|suggested|trending(?: now)?"
    r"|further reading|popular|more from .{1,60}"
    r"|more (?:on|in) (?:this|the|our) .{0,60}|related (?:tags|searches|products|resources|topics|companies).{0,20}",
    r"most (?:read|popular|viewed|shared|commented|recent)\b.{0,30}|what to (?:read|watch) next|top (?:stories|news).{0,20}"
    r"|you (?:may|might|could) .{0,20}"
    r"(?:like|interested|missed|enjoy|love)\b.{0,20}",
    r"(?:read|see|watch|up|coming) (?:more|next|also)\W*|don.?t miss\W*|editor.?s.? (?:picks?|choice).{0,20}|(?:from|around"
    r"|across|elsewhere on) (?:the|our) "
    r"(?:web|archives?|network|site|partners?)\W*|in other news|also (?:read|see|from .{1,30}|on .{1,30})\W*|keep reading\W*"
    r"|in case you missed it\W*",
    r"(?:\d+ )?(?:comments?|responses?|replies|reader comments|kommentare?|commentaires?|comentarios?|commenti|reacties"
    r"|комментарии|댓글|评论|コメント)"
    r"(?: ?[\d():.]+)?|(?:\d+|one|a|no) (?:thoughts?|comments?|responses?|replies|reply) (?:on|to) .{1,160}"
    r"|discussion ?\(\d+\)|join the (?:discussion|conversation)\W*",
    r"(?:readers?|visitors?|users?|your|our readers)(?:['’]s?)? ?(?:comments?|opinions?|feedback|reactions?|replies|say|write"
    r"|views)(?: ?[\d():.]+)?\W*|guest ?book\W*",
    r"(?:독자|네티즌|누리꾼|회원|여러분의?|한 ?줄|백자|100자|기사) ?(?:의견|댓글|한마디|평|투고|반응)"
    r"(?: ?(?:쓰기|달기|남기기|등록|보기))?(?: ?[(\[]?\d+ ?[개건]?[)\]]?)?\W*",
    r"(?:의견|댓글) ?(?:쓰기|달기|남기기|등록|보기|목록)\W*",
    r"(?:leave|post|add|write|submit) (?:a|your) (?:comment|reply|response)\W*|(?:hinterlasse|schreibe"
    r"|schreiben).{0,30}kommentar.{0,20}|laisser un commentaire"
    r".{0,20}|deja.{0,20}(?:comentario|respuesta).{0,20}|have your say\W*",
    r"(?:share|tweet|like|spread)(?: (?:this|it|the word)(?: .{0,30})?)?\W*|follow us\b.{0,30}|(?:about"
    r"|meet) the (?:authors?|writers?|reporters?|contributors?)"
    r"\W*|about (?:us|this site|this blog|me)\W*|about the author .{1,60}",
    r"(?:sign up|subscribe|newsletters?)\b.{0,60}|stay (?:connected|informed|in touch|up to date)\W*|get (?:the"
    r"|our) .{0,30}(?:newsletter|app|briefing).{0,20}",
    r"(?:post|site) navigation\W*|navigation|tags?\W*|topics?\W*|categories\W*|archives?\W*|search\W*"
    r"|sponsored.{0,30}|from our (?:sponsors?|partners?)\W*",
    r"(?:neueste|weitere|ähnliche|verwandte|aktuelle|mehr) (?:artikel|beiträge|themen|nachrichten|meldungen|posts?)\b.{0,30}"
    r"|mehr (?:zum thema|aus|von)\b"
    r".{0,40}|das könnte.{0,40}|zum thema\W*|meistgelesen.{0,10}|lesen sie auch.{0,20}",
    r"(?:articles?|sujets?|lectures?) (?:similaires?|liés|connexes|recommandés?|associés?|récents)\W*|(?:à lire (?:aussi"
    r"|également)|sur le même (?:sujet|thème))\W*"
    r"|(?:noticias|artículos|entradas|notas|contenidos) (?:relacionad[ao]s|similares|recientes|destacadas"
    r"|recomendad[ao]s)\W*|te puede interesar\W*"
    r"|más (?:noticias|leíd[ao]s|información)\W*|lo más (?:leído|visto)\W*|(?:articoli|notizie) (?:correlati|simili"
    r"|correlate|recenti)\W*|leggi anche\W*"
    r"|(?:notícias|artigos|matérias|posts) relacionad[ao]s\W*|leia (?:também|mais)\W*|(?:читайте|смотрите) также\W*"
    r"|(?:похожие|другие|последние)"
    r" (?:статьи|новости|материалы)\W*|(?:материалы |новости |ещё )?по теме\W*|читайте ещё\W*|διαβάστε (?:επίσης|ακόμη"
    r"|ακόμα)\W*|σχετικά (?:άρθρα|νέα)\W*|ilgili haberler\W*"
    r"|tin liên quan\W*"
    r"|اقرأ (?:أيضا|أيضًا|المزيد).{0,20}"
    r"|כתבות נוספות\W*"
    r"|संबंधित खबरें\W*|gerelateerd.{0,20}|(?:zobacz|czytaj) (?:też|także|również)\W*|lees ook\W*"
    r"|meer nieuws\W*",
    r"(?:관련|많이 ?본|인기|최신|추천|주요|다른|이 시각)\s?(?:기사|뉴스|글|콘텐츠|주요뉴스).{0,12}"
    r"|(?:相关|推荐|热门|最新|更多)(?:阅读|新闻|文章|报道|推荐|资讯|链接)\W*"
    r"|関連(?:記事|ニュース|リンク)?\W*|おすすめ(?:記事)?\W*|(?:人気|最新)の?(?:記事|ニュース)\W*|あわせて読みたい\W*",
)  # fmt: skip
_CREDIT = re.compile(
    r"\(?(?:(?:with )?(?:additional |contributing )?(?:reporting|research|editing|writing|translation)"
    r"|(?:additionally )?(?:reported|edited|written|compiled|translated|researched)) by \w.{2,200}"
    r"|.{3,160} contributed (?:reporting|research|to this (?:report|article|story))\b.{0,80}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»)\]]?$")


def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_IS_ALWAYS, _IS_LABEL, _IS_ENDING = _one_of(_ALWAYS), _one_of(_LABELS), _one_of(_ENDINGS)


def is_junk(text: str) -> bool:
    """Whether a line is no body wherever it stands."""
    if len(text) > _LONGEST:
        return False
    if _IS_ALWAYS.fullmatch(text):
        return True
    if ends_as_sentence(text):
        return False
    return _IS_LABEL.fullmatch(text) is not None or is_byline(text)


def is_byline(text: str) -> bool:
    """Whether a line names who wrote, and no more."""
    return len(text) < 120 and _BYLINE.fullmatch(text) is not None


def is_credit(text: str) -> bool:
    """Whether a line says who had a part in the article: it is text, and one that comes or goes is an edit."""
    return len(text) <= _LONGEST and _CREDIT.fullmatch(text) is not None


def is_ending(text: str) -> bool:
    """Whether a heading says that what follows is no longer the article."""
    return len(text) <= 160 and _IS_ENDING.fullmatch(text) is not None


def ends_as_sentence(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return _SENTENCE.search(text) is not None
