"""Code in R Markdown and Quarto: shown as it stands. Nothing is ever run here."""

import re

from journal.reading.sentences import Remarks

_CHUNK = re.compile(r"^([ \t]*)(`{3,}|~{3,})[ \t]*\{[ \t]*([A-Za-z][\w.-]*)\b[^}\n]*\}[ \t]*$", re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`(?:r|\{(?:r|python|julia)\})[ \t]+[^`\n]+`(?!`)")
BLOCKS = "Code in the file is shown as it stands ({count}). It was not run: what it draws or prints is not in the text."
NUMBERS = (
    "Sentences hold code in place of values ({count}, such as {first}), and readers see the code. Knit or render the"
    " file and upload the result if they should see the values."
)


_LETTERS = re.compile(r"(?<![*\w\\])\*\w\*(?:\*\w\*)+(?![*\w])")


def join_letters(text: str) -> str:
    """`text` with `*C**I*` as `*CI*`: so are formulas written in Markdown that pandoc once made for GitHub."""
    return _LETTERS.sub(lambda match: f"*{match[0].replace('*', '')}*", text)


def show_code(text: str, remarks: Remarks) -> str:
    """`text` with each chunk as a block of code in its language, which pandoc would else take for words."""
    shown, blocks = _CHUNK.subn(r"\1\2 \3", text)
    if blocks:
        remarks.say(BLOCKS.format(count="1 block" if blocks == 1 else f"{blocks} blocks"))
    if numbers := _INLINE.findall(text):
        count = "1 place" if len(numbers) == 1 else f"{len(numbers)} places"
        remarks.lose(NUMBERS.format(count=count, first=numbers[0][:60]))
    return shown
