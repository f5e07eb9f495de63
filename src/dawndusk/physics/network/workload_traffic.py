"""Bits that a workload moves between a satellite and its users, per operation and per H100e.

One item of work (a request, a picture, a clip) needs operations and moves bytes up and down. An H100e does
989e12 operations a second at most; models use a share of them. So bits per operation times operations per
second is the link that a satellite needs. Operations are counted as models count them (two for each active
parameter and token), whatever the precision: with FP8 or FP4 `utilisation` may exceed 1.

Left out: retries, telemetry, new weights (once in months), and that loads come and go with the hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit

RATED: Final = number("h100_bf16_rate")  # FLOP/s of one H100e, dense BF16
PER_PARAMETER: Final = number("flop_per_parameter")  # FLOP for each active parameter and token, forward
BITS: Final = 8.0  # in a byte
TOKEN_BYTES: Final = number("token_bytes")  # B of text in a token
FRAMING: Final = number("framing_bytes")  # bytes on the link for each byte of text
READING: Final = number("reading_utilisation")  # share of rated operations that reading a prompt uses
WRITING: Final = number("writing_utilisation")  # share of rated operations that writing an answer uses


@record
class Workload:
    """What one item of work needs.

    Parameters
    ----------
    item : str
        What is counted: ``request``, ``picture``.
    operations : FLOP
        Useful ones, of one item.
    utilisation : 1
        Share of the rated 989e12 FLOP/s that is useful while the chip works.
    upload, download : B
        From the ground and to the ground, of one item.
    spread : 1
        The truth of upload and download for each operation is believed within this factor either way.
    """

    item: str
    operations: Annotated[Real, Unit("FLOP", 1.0)]
    utilisation: Annotated[Real, Unit("1", 1e-4, 8.0)]
    upload: Annotated[Real, Unit("B", 0.0)]
    download: Annotated[Real, Unit("B", 0.0)]
    spread: Annotated[Real, Unit("1", 1.0)] = 1.0


@record
class Need:
    """A link that is needed.

    Parameters
    ----------
    upload, download : array
        bit/s, mean over the time in which the chips work.
    """

    upload: Annotated[Floats, Unit("bit/s", 0.0)]
    download: Annotated[Floats, Unit("bit/s", 0.0)]


@record
class LanguageModel:
    """A transformer, as far as its traffic goes.

    Parameters
    ----------
    parameters : float
        Active for each token.
    layers, width : float
        Blocks, and numbers in the residual stream; 0 leaves attention over the context out.
    cache : B
        Keys and values kept for each token.
    """

    parameters: Annotated[float, Unit("1", 1.0)]
    layers: Annotated[float, Unit("1", 0.0)] = 0.0
    width: Annotated[float, Unit("1", 0.0)] = 0.0
    cache: Annotated[float, Unit("B", 0.0)] = 0.0


# Grattafiori et al. (2024), arXiv 2407.21783, table 3: 80 layers of 8192; 8 key-value heads of 128, 16 bit.
DENSE_70B: Final = LanguageModel(parameters=70e9, layers=80.0, width=8192.0, cache=80 * 2 * 8 * 128 * 2.0)


def _positive(path: str, value: Real, unit: str, write: str) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    good = np.isfinite(array) & (array > 0.0)
    if not np.all(good):
        raise problem(path, f"{array[~good].flat[0]:g} {unit}", f"a number above 0 {unit}", write)
    return array


def _counted(path: str, value: Real, unit: str) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    good = np.isfinite(array) & (array >= 0.0)
    if not np.all(good):
        raise problem(path, f"{array[~good].flat[0]:g} {unit}", f"0 {unit} or more", f"0 {unit}")
    return array


def forward_operations(model: LanguageModel, tokens: Real, context: Real = 0.0) -> Floats:
    """Operations of reading or writing tokens (FLOP).

    Parameters
    ----------
    model : LanguageModel
        Active parameters, and its attention.
    tokens : float or array
        Tokens read or written, 0 or more.
    context : float or array
        Mean number of tokens that each of them looks back at.

    Notes
    -----
    tokens (2 N + 2 layers context width), Kaplan et al. (2020), arXiv 2001.08361, equation 2.2, with active
    parameters for sparse models. Attention through compressed or sliding caches is cheaper by up to 10 times,
    and matters beyond about N / (layers width), 100,000 tokens for 70e9 parameters.
    """
    back = 2.0 * model.layers * model.width * _counted("context", context, "tokens")
    return np.asarray(_counted("tokens", tokens, "tokens") * (PER_PARAMETER * model.parameters + back))


def text_workload(
    model: LanguageModel,
    prompt: Real,
    answer: Real,
    *,
    hidden: Real = 0.0,
    token_bytes: Real = TOKEN_BYTES,
    framing: Real = FRAMING,
    reading: Real = READING,
    writing: Real = WRITING,
    spread: Real = 1.0,
) -> Workload:
    """One request to a language model.

    Parameters
    ----------
    model : LanguageModel
        That answers.
    prompt, answer : float or array
        Tokens sent up and sent down, together above 0.
    hidden : float or array
        Tokens written and not sent: reasoning, calls of tools on board.
    token_bytes : float or array
        B of text in a token: 4 for English, 3 to 5 for most languages.
    framing : float or array
        Bytes on the link per byte of text: 1.2 compressed, 4 central, 60 for a stream of one record per
        token.
    reading, writing : float or array
        Shares of the rated operations that are useful in each phase.
    spread : float or array
        As in `Workload`.

    Notes
    -----
    Both phases on the same chips: utilisation = all operations / (reading ones / u_r + writing ones / u_w).
    Epoch AI counts 5-10 % for serving as a whole (ledger G017); the best published rate, 5,800 tokens a
    second and GB300 (G018), is 17 % of rated BF16. No prompt is read from a cache: a cached one saves
    operations and, kept on board, upload.
    """
    read = forward_operations(model, prompt, np.asarray(prompt) / 2.0)
    written = np.asarray(answer, dtype=np.float64) + hidden
    wrote = forward_operations(model, written, np.asarray(prompt) + written / 2.0)
    time = read / _positive("reading", reading, "", "0.4") + wrote / _positive("writing", writing, "", "0.1")
    each = np.asarray(token_bytes, dtype=np.float64) * framing
    return Workload(
        item="request",
        operations=_positive("prompt", read + wrote, "FLOP", "1000 tokens"),
        utilisation=(read + wrote) / time,
        upload=prompt * each,
        download=answer * each,
        spread=spread,
    )


def cache_workload(model: LanguageModel, prompt: Real, *, reading: Real = READING) -> Workload:
    """Reading prompts in orbit for answers that are written on the ground: keys and values come down.

    Parameters
    ----------
    model : LanguageModel
        With its `cache`.
    prompt : float or array
        Tokens of a prompt, above 0.
    reading : float or array
        Share of the rated operations used.
    """
    tokens = _positive("prompt", prompt, "tokens", "1000")
    return Workload(
        item="prompt",
        operations=forward_operations(model, tokens, tokens / 2.0),
        utilisation=reading,
        upload=tokens * TOKEN_BYTES * FRAMING,
        download=tokens * model.cache,
    )


def _workloads() -> Mapping[str, Workload]:
    chat = text_workload(DENSE_70B, 1000.0, 400.0, spread=10.0)  # tokens: guess, 200-6,000 and 100-2,000
    long = text_workload(DENSE_70B, 100e3, 1000.0, spread=10.0)  # guess, a book or a code base
    # OpenRouter 2025, programming: 93.4 % prompt, 2.5 % reasoning, 4.0 % answer; 10,000 tokens is a guess
    agent = text_workload(DENSE_70B, 9340.0, 400.0, hidden=250.0, spread=10.0)
    return {
        "text": chat,
        "long context": long,
        "agent": agent,
        # SDXL, believed: 6e12 multiply-adds in each of 40 passes; 13.8 a second on 8 H200 in MLPerf v4.0
        "picture": Workload(
            item="picture", operations=4.8e14, utilisation=0.8, upload=2e3, download=0.5e6, spread=10.0
        ),
        # One step instead of 40 passes (distilled models): all guesses, picture of 0.5 MB
        "fast picture": Workload(
            item="picture", operations=1.2e13, utilisation=0.4, upload=2e3, download=0.5e6, spread=5.0
        ),
        # 5 s of 720p at 5 Mbit/s from 14e9 parameters; ten to thirty minutes on an H100 (guess)
        "video": Workload(
            item="clip", operations=4e17, utilisation=0.4, upload=10e3, download=3e6, spread=30.0
        ),
        # A second of a world drawn as one looks: 8 Mbit/s from one H100e (guess, 0.3 to 3 H100e)
        "live video": Workload(
            item="second", operations=4e14, utilisation=0.4, upload=10e3, download=1e6, spread=5.0
        ),
        # 512 tokens through 7e9 parameters to one vector of 4096 numbers of 16 bit (guess)
        "embedding": Workload(
            item="passage", operations=7.2e12, utilisation=0.4, upload=2.5e3, download=8.2e3, spread=30.0
        ),
        # The same vector for every token, or outputs of the last layer: 65 kbit for each 1.4e10 FLOP
        "vector per token": Workload(
            item="token", operations=1.4e10, utilisation=0.4, upload=5.0, download=8.2e3, spread=5.0
        ),
        # Pictures of 0.3 MB up to be classified by 0.3e9 parameters over 256 patches (guess)
        "picture search": Workload(
            item="picture", operations=1.6e11, utilisation=0.3, upload=0.3e6, download=2e3, spread=10.0
        ),
        "prompts for the ground": cache_workload(DENSE_70B, 1000.0),
    }


WORKLOADS: Final = _workloads()


def bits_per_operation(amount: Real, operations: Real) -> Floats:
    """Bits moved for each useful operation (bit/FLOP).

    Parameters
    ----------
    amount : float or array
        Moved with an item (B), 0 or more.
    operations : float or array
        Of that item (FLOP), above 0.
    """
    return np.asarray(
        BITS * _counted("amount", amount, "B") / _positive("operations", operations, "FLOP", "1e14")
    )


def item_rate(workload: Workload, compute: Real = 1.0) -> Floats:
    """Items done per second (1/s).

    Parameters
    ----------
    workload : Workload
        One of `WORKLOADS` or one's own.
    compute : float or array
        H100e at work, 0 or more.
    """
    useful = RATED * np.asarray(workload.utilisation) * _counted("compute", compute, "H100e")
    return np.asarray(useful / _positive("operations", workload.operations, "FLOP", "1e14"))


def link_need(workload: Workload, compute: Real = 1.0) -> Need:
    """Mean link between a satellite and the ground that its work needs (bit/s).

    Parameters
    ----------
    workload : Workload
        One of `WORKLOADS` or one's own.
    compute : float or array
        H100e at work, 0 or more.

    Notes
    -----
    Linear in `compute`; the error is that of the workload's `spread`, 3 to 30 times either way.
    """
    rate = BITS * item_rate(workload, compute)
    return Need(
        upload=rate * _counted("upload", workload.upload, "B"),
        download=rate * _counted("download", workload.download, "B"),
    )
