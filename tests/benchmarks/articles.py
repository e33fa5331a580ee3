"""The articles of a made-up database, in English and in Korean: the same number makes the same article."""

from __future__ import annotations

import random
from collections.abc import Iterator

RARE_NAME = "Pak Un Hyok"  # stands in one article of a thousand
RARE_KOREAN = "려명거리"
PEOPLE = ("Kim Chol Su", "Ri Un Ok", "Choe Myong Nam", "Kang Hyok Il", "Jo Gyong Hui", "Yun Kwang Jin", "Han Jin Myong")
PLACES = ("Sinyang", "Taechong", "Paeksok", "Yongjin", "Hwanggang", "Ryongmun", "Chollima", "Sunchon", "Anju", "Mirae", "Wonsan")
VERBS = ("visited", "praised", "inspected", "opened", "repaired", "described", "enlarged", "supplied", "guided", "examined")
THINGS = ("farm", "textile mill", "power station", "coal mine", "tree nursery", "railway yard", "fishing port", "school")
HOW = ("quietly", "again", "in detail", "as planned", "with care", "on Monday", "in spring", "at last", "by hand", "together")
KO_PEOPLE = ("김철수", "리은옥", "최명남", "강혁일", "조경희", "윤광진", "림성룡", "한진명")
KO_PLACES = ("평양", "원산", "신의주", "함흥", "남포", "사리원", "해주", "강계", "혜산", "개성")
KO_THINGS = ("농장", "방직공장", "발전소", "탄광", "양묘장", "철도국", "수산사업소", "학교", "회의", "전람회")
KO_VERBS = ("찾으시였다", "지도하시였다", "준공되였다", "보도하였다", "진행되였다", "돌아보았다", "강조하였다")


def article(number: int, *, is_korean: bool) -> Iterator[str]:
    """Title and paragraphs of an article."""
    rng = random.Random(number)
    said = [_korean(rng) if is_korean else _english(rng) for _ in range(rng.randrange(8, 20))]
    if number % 1000 == 7:
        said[3] = f"{RARE_KOREAN}에 대한 보도이다." if is_korean else f"The delegation of {RARE_NAME} {rng.choice(VERBS)} it."
    yield (
        f"{rng.choice(KO_PLACES)} {rng.choice(KO_THINGS)} {number}호 {rng.choice(KO_VERBS)}"
        if is_korean
        else f"{rng.choice(PLACES)} {rng.choice(THINGS).title()} No. {number} {rng.choice(VERBS)}"
    )
    for start in range(0, len(said), 3):
        yield " ".join(said[start : start + 3])


def _english(rng: random.Random) -> str:
    return (
        f"{rng.choice(PEOPLE)} {rng.choice(VERBS)} the {rng.choice(PLACES)} {rng.choice(THINGS)} {rng.choice(HOW)}; "
        f"it turned out {rng.randrange(1, 99)},{rng.randrange(1000):03} items {rng.choice(HOW)}."
    )


def _korean(rng: random.Random) -> str:
    return (
        f"{rng.choice(KO_PEOPLE)}동지는 {rng.randrange(1, 29)}일 {rng.choice(KO_PLACES)}의 {rng.choice(KO_THINGS)}에서 "
        f"{rng.choice(KO_THINGS)}의 성과를 {rng.choice(KO_VERBS)}. 북한 {rng.choice(KO_PLACES)}에서 {rng.choice(KO_VERBS)}."
    )
