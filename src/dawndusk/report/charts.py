"""How a chart is drawn and becomes SVG that reads in light and dark and on a phone.

Matplotlib draws with stand-in colours; each becomes a CSS variable of the page, and all text takes the
page's font. The same chart is drawn twice, for a wide and for a narrow screen. No pyplot, no global state.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Width = Literal["wide", "narrow"]
INCHES: Final = {"wide": 8.2, "narrow": 3.7}
FONT: Final = {"wide": 9.0, "narrow": 8.5}
# Stand-in colour -> CSS variable of the page.
STAND_INS: Final = {
    "#010203": "ink",
    "#010204": "soft",
    "#010205": "line",
    "#010206": "paper",
    "#010207": "onorbit",
    "#e59f01": "orbit",
    "#0172b1": "ground",
    "#019e72": "leased",
    "#9a6fb1": "cloud",
    "#8a8a8b": "demand",
    "#d55e01": "alarm",
    "#010301": "p0",
    "#010302": "p1",
    "#010303": "p2",
    "#010304": "p3",
    "#010305": "p4",
    "#010306": "p5",
    "#010307": "p6",
    "#010308": "p7",
}
NAMED: Final = {name: colour for colour, name in STAND_INS.items()}
INK, SOFT, LINE, PAPER = (NAMED[x] for x in ("ink", "soft", "line", "paper"))
PARTS: Final = tuple(NAMED[f"p{i}"] for i in range(8))
HATCHES: Final = {"leased": "//", "cloud": "\\\\", "orbit": "", "ground": ""}


def drawn(key: str, height: Mapping[Width, float], draw: Callable[[Figure, Width], None]) -> dict[str, str]:
    """The two SVGs of a chart.

    Parameters
    ----------
    key : str
        Makes ids inside the SVG its own.
    height : dict
        Inches by width.
    draw : callable
        Draws on an empty figure.
    """
    return {width: _svg(f"{key}-{width}", width, height[width], draw) for width in ("wide", "narrow")}


def _svg(key: str, width: Width, height: float, draw: Callable[[Figure, Width], None]) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    size = FONT[width]
    style: Any = {
        "text.parse_math": False,
        "svg.fonttype": "none",
        "svg.hashsalt": f"dawndusk-{key}",
        "font.size": size,
        "font.family": "sans-serif",
        "text.color": INK,
        "axes.labelcolor": SOFT,
        "axes.edgecolor": LINE,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.titlesize": size,
        "axes.titlelocation": "left",
        "axes.titlepad": 8,
        "axes.linewidth": 0.8,
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "hatch.linewidth": 0.6,
        "legend.frameon": False,
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(INCHES[width], height), layout="constrained")
        figure.patch.set_visible(False)
        draw(figure, width)
        for axes in figure.axes:
            axes.patch.set_visible(False)
        raw = io.StringIO()
        figure.savefig(raw, format="svg", metadata={"Date": None})
    return clean(raw.getvalue())


def clean(text: str) -> str:
    """An SVG as it may stand inside a page: page colours, page font, no head, no ids that clash."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<style.*?</style>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    text = re.sub(r"\s*font-family: [^;\"]*;", "", text)
    text = re.sub(r' transform="rotate\(-0[^"]*"', "", text)
    text = re.sub(r"\s*<g/>", "", text)
    text = re.sub(
        r'(<svg[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    )
    text = re.sub(r'(<svg[^>]*?) xmlns:xlink="[^"]*"', r"\1", text).replace("xlink:href", "href")
    for colour, name in STAND_INS.items():
        text = text.replace(colour, "currentColor" if name == "ink" else f"var(--c-{name})")
    text = re.sub(r"(\d+\.\d{2})\d+", r"\1", text)
    text = re.sub(r"\n\s*", "\n", text)
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).strip()


def quiet(axes: Axes, *, grid: Literal["x", "y"] | None = "y") -> None:
    """An axis without more ink than needed."""
    axes.set_axisbelow(True)
    if grid:
        axes.grid(visible=True, axis=grid)


def cells(axes: Axes, shares: Any, colours: list[str], texts: list[list[str]] | None) -> None:
    """A strip of cells whose strength is a share between 0 and 1, with text where there is room.

    Parameters
    ----------
    shares : array
        Shape (row, column).
    colours : list of str
        One a row.
    texts : list of list of str or None
        What stands in the cells.
    """
    from matplotlib.collections import PatchCollection
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Rectangle

    places = [(i, j) for i, row in enumerate(shares) for j, share in enumerate(row) if share > 0]
    strength = {(i, j): 0.12 + 0.88 * min(float(shares[i][j]), 1.0) for i, j in places}
    boxes = [Rectangle((j + 0.04, i + 0.08), 0.92, 0.84) for i, j in places]
    faces = [to_rgba(colours[i], strength[i, j]) for i, j in places]
    axes.add_collection(PatchCollection(boxes, facecolors=faces, linewidths=0), autolim=False)
    for i, j in places:
        if texts is None:
            break
        # On a strong cell the text takes the paper's colour, else it would drown.
        strong = NAMED["onorbit"] if colours[i] == NAMED["orbit"] else PAPER
        shade = strong if strength[i, j] > 0.62 else INK
        text = axes.text(j + 0.5, i + 0.5, texts[i][j], ha="center", va="center", color=shade, fontsize=7)
        text.set_in_layout(False)
    axes.set_xlim(0, len(shares[0]))
    axes.set_ylim(len(shares), 0)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.tick_top()


def cut(text: str, limit: int) -> str:
    """The text, its end left out if it is longer than the limit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip(" ,") + "…"
