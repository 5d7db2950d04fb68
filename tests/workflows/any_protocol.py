"""Any protocol: a few fields of everything drawn, the rest as they are by default, so that many are drawn quickly."""

from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from workflows.protocol import Protocol

PartT = TypeVar("PartT")
FEW = 4


def any_protocol(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Protocol]:
    """Protocols whose words are `texts`."""
    return _some(Protocol, texts)


@st.composite
def _some(draw: st.DrawFn, kind: type[PartT], texts: st.SearchStrategy[str]) -> PartT:
    types = get_type_hints(kind)
    optional = [each.name for each in fields(kind) if each.default is not MISSING]  # type: ignore[arg-type] # a dataclass
    chosen = draw(st.lists(st.sampled_from(optional), max_size=FEW, unique=True)) if optional else []
    names = [name for name in types if name in chosen or name not in optional]
    return kind(**{name: draw(_of(types[name], texts)) for name in names})


def _of(kind: Any, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type of the model
    if kind is str:
        return texts
    if get_origin(kind) is tuple:
        return st.lists(_of(get_args(kind)[0], texts), max_size=2).map(tuple)
    if get_origin(kind) is UnionType:
        return _of(get_args(kind)[0], texts)
    if kind is int:
        return st.integers(0, 6)
    if is_dataclass(kind) and isinstance(kind, type):
        return _some(kind, texts)
    return st.booleans() if kind is bool else st.sampled_from(list(kind))
