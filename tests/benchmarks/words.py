"""The word diff: 20,000 words against a bare alignment of them, and texts made to be slow. In seconds of CPU.

``python -m tests.benchmarks.words``: an article of 20,000 words with a tenth of them edited, in paragraphs and in one, as a
multiple of what rapidfuzz takes to align the same words; then whatever makes an alignment slow, each with its parts and pieces.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from monitor.article import Article
from monitor.judging.words import differences

Texts = tuple[Sequence[str], Sequence[str]]
WORDS = 20_000
RUNS = 5  # the best of so many counts: the others were disturbed


def edited(words: int = WORDS, paragraph: int = 80, share: float = 0.1) -> Texts:
    """An article in words as frequent as in natural language (Zipf's law), and the same with a share of its words replaced."""
    chance = random.Random(1)
    vocabulary = [f"w{number}" for number in range(1, 6000)]
    weights = [1 / rank for rank in range(1, 6000)]
    before = chance.choices(vocabulary, weights, k=words)
    after = [chance.choice(vocabulary) if chance.random() < share else word for word in before]
    cut = [range(start, min(start + paragraph, words)) for start in range(0, words, paragraph)]
    return tuple(tuple(" ".join(text[at.start : at.stop]) for at in cut) for text in (before, after))  # type: ignore[return-value]


def slow() -> Iterator[tuple[str, Texts]]:
    """Texts that make an alignment slow, by name."""
    chance = random.Random(2)
    numbers = [f"w{number}" for number in range(200_000)]
    han = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(350_000))
    two = [" ".join(chance.choices(numbers[:3000], k=170_000)) for _ in range(2)]
    eight = " ".join(chance.choices("abcdefgh", k=500_000))
    many = [f"Paragraph {number}" for number in range(50_000)]
    yield "one word, 200,000 times", (["word " * 199_999 + "word"], ["word " * 150_000 + "last"])
    yield "two words in turn, one of them replaced", (["a b " * 100_000 + "a"], ["a c " * 100_000 + "a"])
    yield "two words in turn, 300 kB in all", (["a b " * 37_500 + "a"], ["a c " * 37_400 + "a"])
    yield "eight words at random, 300 kB in all", ([eight[:149_000]], ["a b c d " * 18_000])
    yield "words against their reverse, 300 kB in all", ([" ".join(numbers[:21_000])], [" ".join(numbers[20_999::-1])])
    yield "words against other words, 300 kB in all", ([two[0][:149_000]], [two[1][:149_000]])
    yield "Han against its reverse, 300 kB in all", ([han[:49_900]], [han[49_899::-1]])
    yield "1 MB without spaces", (["x" * 1_000_000], ["x" * 500_000 + "y" * 500_000])
    yield "1 MB of one sign", (["-" * 1_000_000], ["-" * 999_999 + "x"])
    yield "1 MB of Han, some of it cut", ([han], [han[:100_000] + han[101_000:200_000] + han[:5] + han[200_000:]])
    yield "1 MB of Han against its reverse", ([han], [han[::-1]])
    yield "1 MB of words against its reverse", ([" ".join(numbers[:150_000])], [" ".join(numbers[149_999::-1])])
    yield "1 MB of words against other words", ([two[0]], [two[1]])
    yield "1 MB of repeated words against others", ([eight], ["a b c d " * 125_000 + "e"])
    yield "50,000 paragraphs of one word, all others", ([f"a{n}" for n in range(50_000)], [f"b{n}" for n in range(50_000)])
    yield "50,000 paragraphs against their reverse", (many, many[::-1])
    yield "50,000 paragraphs, every second edited", (many, [f"{text} b" if n % 2 else text for n, text in enumerate(many)])
    yield "50,000 paragraphs, shuffled", (many, chance.sample(many, len(many)))
    yield "50,000 equal paragraphs, one cut, one added", (["same"] * 50_000, ["new", *["same"] * 49_999])
    yield "50,000 paragraphs of two kinds, mixed", (chance.choices("ab", k=50_000), chance.choices("ab", k=50_000))
    yield (
        "2,000 paragraphs on other matters",
        (
            [" ".join(chance.choices(numbers[:3000], k=40)) for _ in range(2000)],
            [" ".join(chance.choices(numbers[:3000], k=40)) for _ in range(2000)],
        ),
    )
    yield (
        "20 paragraphs of 50 kB, all words others",
        (
            [" ".join(chance.choices(numbers[:500], k=10_000)) for _ in range(20)],
            [" ".join(chance.choices(numbers[:500], k=10_000)) for _ in range(20)],
        ),
    )


def told(texts: Texts) -> tuple[float, int, int]:
    """Seconds of CPU, parts and pieces of a diff."""
    before, after = (Article("P", "T", None, tuple(text)) for text in texts)
    started = time.process_time()
    parts = differences(before, after)
    return time.process_time() - started, len(parts), sum(len(part.pieces) for part in parts)


def bare(texts: Texts) -> float:
    """Seconds of CPU that rapidfuzz takes for the same words."""
    before, after = ([word for paragraph in text for word in paragraph.split()] for text in texts)
    started = time.process_time()
    Levenshtein.opcodes(before, after)
    return time.process_time() - started


def main() -> None:
    """Print the figures."""
    for name, texts in (("in paragraphs of 80", edited()), ("in one paragraph", edited(paragraph=WORDS))):
        ours, parts, pieces = min(told(texts) for _ in range(RUNS))
        alone = min(bare(texts) for _ in range(RUNS))
        print(f"{WORDS} words {name}: {ours:.3f} s, {ours / alone:.2f} times rapidfuzz alone; {parts} parts, {pieces} pieces")
    for name, texts in slow():
        ours, parts, pieces = told(texts)
        print(f"{ours:6.3f} s  {name}; {parts} parts, {pieces} pieces")


if __name__ == "__main__":
    main()
