"""Published link loads, downlinks and traffic per operation, and ours."""

from __future__ import annotations

import dataclasses
from typing import Final

import numpy as np

from dawndusk.core.constants import DAY, SPEED_OF_LIGHT
from dawndusk.physics.network import collectives, contact, downlink
from dawndusk.physics.network.optical_link import PHOTONS_OOK
from dawndusk.physics.network.terminals import size_terminal
from dawndusk.physics.network.workload_traffic import (
    BITS,
    PER_PARAMETER,
    WORKLOADS,
    Workload,
    bits_per_operation,
)
from dawndusk.validation.row import Row, table

STARLINK, TBIRD, AI1 = "starlink-lasers", "tbird-downlink", "ai1-link"
SUNCATCHER, SPACEDC = "suncatcher-traffic", "spacedc-traffic"
SPIE: Final = (
    "Brashears (SpaceX), SPIE Photonics West 2024, in PCMag, 31 Jan 2024 (ledger C001); LightNOW, Feb 2024"
)
FLOWN: Final = "Gilbert et al. (2024), doi:10.1117/12.3028939; NASA, 5-minute passes (ledger C004)"
PLANNED: Final = "Robinson et al. (2018), doi:10.1117/12.2295023"
REVEAL: Final = "SpaceX video of 8 June 2026 through secondary pages (ledger P018, P024, C006)"
PAPER: Final = "Agueera y Arcas et al. (2025), Suncatcher, arXiv 2511.19468v2"
CATALOGUE: Final = "spacedc-mdao 0.4.2, data/workloads.yaml"
AI1_COMPUTE: Final = 120e3 / 1833.0 * 2.5  # H100e: 120 kW, 1,833 W and 2.5 H100e for each GPU, as our preset
AI1_LINK: Final = 1e12  # bit/s
TRILLIUM: Final = 918.0 / 989.0  # H100e of a TPU v6e: 918 TFLOP/s, dense BF16 (believed)
STORIES: Final = {
    STARLINK: (
        "Starlink's 9,000 lasers moved 42 PB a day early in 2024. That is 3.9 Tbit/s on the mean; the 5.6 "
        "Tbit/s printed with it is the peak. A laser of 100 Gbit/s so carries 0.43 Gbit/s, or 0.4 %, and "
        "every bit is counted once for each laser it passes. The mesh is far from full, but it is also far "
        "from a data centre's network: a thousand AI1 satellites that claim 1 Tbit/s each would add 250 "
        "times what it carries."
    ),
    TBIRD: (
        "TBIRD's 200 Gbit/s is the top rate: 4.8 TB in five minutes is 128 Gbit/s, 64 % of it. Over one "
        "station at mid latitude a satellite is in sight above 20 degrees for 0.6 % of the time, 12 TB a day "
        "at the full rate in a clear sky; the 50 TB of the plan take the whole sky down to the horizon or a "
        "site near the pole. On the mean of a year that is 1 Gbit/s: enough for text, not for rich outputs."
    ),
    AI1: (
        "AI1 claims about 1 Tbit/s for some 164 H100e, 6 bits for each million operations it can do. Text "
        "needs 20 Mbit/s of that, pictures 1 Gbit/s, even one vector for each token 300 Gbit/s. What does "
        "not pass: caches of prompts that are read in orbit for answers written on the ground (83 % of the "
        "chips can work) and gradients of a 405B model exchanged at every step (38 %). But the link is into "
        "a mesh of satellites. What the ground gives each of them decides: 200 Gbit/s to a single optical "
        "site, clouds and losses counted, keep text going, 70 % of the chips with pictures and 4 % with "
        "pictures that take a single step. The round trips of 6 and 8 ms from 600 and 800 km are those of "
        "light at a mean elevation."
    ),
    SUNCATCHER: (
        "Suncatcher says that a satellite's links need about 10 Tbit/s, without chips per satellite or how "
        "the model is divided, so the number cannot be computed. For a dense 405B model in lock step, "
        "128,000 tokens a copy: 10 Tbit/s keep 600 H100e busy where each satellite holds a copy, 30 where "
        "layers are cut across satellites, thousands in a pipeline. So training lives inside the cluster, "
        "and layers inside the satellite."
    ),
    SPACEDC: (
        "spacedc-mdao lets text inference move 1e-8 bits for each operation, though its own derivation gives "
        "2e-10 for 70B parameters (ours for a conversation: 9e-10, up and down, with framing). Its rich "
        "outputs (2e-6, which decides its headline of 82x) stand for a vector of 65 kbit after 1.4e10 "
        "operations: that is one vector for each token. A passage of 512 tokens gets one: 1.2e-8. Pictures "
        "and video cost so many operations that they move 1e-10 to 3e-7. Its 1e-4 for training is right "
        "for gradients; cutting layers takes 8e-4."
    ),
}


def rows() -> list[Row]:
    """Starlink's lasers, TBIRD, AI1, Suncatcher's need, spacedc-mdao's bits per operation."""
    return [*_starlink(), *_tbird(), *_ai1(), *_suncatcher(), *_spacedc()]


def _starlink() -> list[Row]:
    mean = 42e15 * BITS / DAY
    laser = float(size_terminal(100e9, 5400e3, photons_per_bit=PHOTONS_OOK).laser)
    nothing = "aperture and modulation are not published; ours is 10 cm, 71 photons a bit, 6 dB of losses"
    return table(
        STARLINK,
        SPIE,
        (
            "42 PB a day, as a rate",
            "Tbit/s",
            5.6,
            mean / 1e12,
            0.05,
            "5.6 Tbit/s, printed as the throughput, is the peak; the mean is 69 % of it",
        ),
        refuted=True,
    ) + table(
        STARLINK,
        SPIE,
        (
            "mean load of a laser",
            "Gbit/s",
            float("nan"),
            mean / 9000.0 / 1e9,
            0.0,
            "not published; from 9,000 lasers of 100 Gbit/s",
        ),
        ("light for 100 Gbit/s over 5,400 km", "W", float("nan"), laser, 0.0, nothing),
    )


def _tbird() -> list[Row]:
    flight = np.radians(97.5)
    share = contact.contact_share(525e3, flight, np.radians(34.4), np.radians(20.0))
    day = 200e9 / BITS * DAY * float(share) / 1e12
    return table(
        TBIRD,
        FLOWN,
        (
            "five minutes at 200 Gbit/s",
            "TB",
            4.8,
            200e9 / BITS * 300.0 / 1e12,
            0.05,
            "one decimal; 200 Gbit/s is the top rate, the pass's mean was 128",
        ),
        refuted=True,
    ) + table(
        TBIRD,
        PLANNED,
        (
            "a day over one station, 34 deg north, above 20 deg, clear sky",
            "TB",
            50.0,
            day,
            5.0,
            "said as 'over 50', one digit: 5; it takes the sky down to the horizon (66) or a polar site",
        ),
        refuted=True,
    )


def _ai1() -> list[Row]:
    whole = "the claim is read as enough for all chips: half a percent allowed"
    kinds = ("text", "agent", "picture", "live video", "vector per token", "prompts for the ground")
    found = [
        (
            f"chips that 1 Tbit/s keeps at work: {kind}",
            "1",
            1.0,
            float(downlink.usable_share(WORKLOADS[kind], AI1_COMPUTE, AI1_LINK, AI1_LINK)),
            0.005,
            whole,
        )
        for kind in kinds
    ]
    trained = float(collectives.trained_share(collectives.DENSE_405B, AI1_COMPUTE, AI1_LINK))
    found.append(("chips that 1 Tbit/s keeps at work: 405B in lock step", "1", 1.0, trained, 0.005, whole))
    whole_ms = "whole milliseconds, elevation not said; ours the mean of the sky above 25 deg: 0.5"
    found += [
        (
            f"round trip of light, {height} km",
            "ms",
            published,
            2e3 * float(contact.mean_slant_range(height * 1e3, np.radians(25.0))) / SPEED_OF_LIGHT,
            0.5,
            whole_ms,
        )
        for height, published in ((600, 6.0), (800, 8.0))
    ]
    return table(AI1, REVEAL, *found)


def _suncatcher() -> list[Row]:
    missing = "chips per satellite and division of the model are not given"
    divisions: tuple[tuple[str, collectives.Division], ...] = (
        ("a copy each", "data"),
        ("layers cut in 8", "tensor"),
    )
    chips = [
        (
            f"chips (Trillium) of a satellite that 10 Tbit/s keep busy, 405B, {name}",
            "TPU",
            float("nan"),
            10e12 / float(collectives.member_need(_divided(division), 1.0)) / TRILLIUM,
            0.0,
            missing,
        )
        for name, division in divisions
    ]
    return table(SUNCATCHER, PAPER, ("need of a link", "Tbit/s", 10.0, float("nan"), 0.0, missing), *chips)


def _divided(division: collectives.Division) -> collectives.Training:
    members = 128.0 if division == "data" else 8.0
    return dataclasses.replace(collectives.DENSE_405B, division=division, members=members)


def _spacedc() -> list[Row]:
    digit = "one printed digit: half of it"
    decade = "a power of ten of low confidence: half a decade down"
    text, passage = WORKLOADS["text"], WORKLOADS["embedding"]
    chat, vectors = (_both(work) for work in (text, passage))
    per_token = {n: float(bits_per_operation(4.0, PER_PARAMETER * n)) for n in (8e9, 70e9)}
    vector = float(bits_per_operation(4096 * 2.0, 1.4e10))
    training = float(collectives.bits_per_trained_operation(collectives.DENSE_405B))
    unit = "1e-9 bit/FLOP"
    return table(
        SPACEDC,
        CATALOGUE,
        ("text, 32 bits a token, 8B parameters", unit, 2.0, per_token[8e9] * 1e9, 0.5, digit),
        ("text, 32 bits a token, 70B parameters", unit, 0.2, per_token[70e9] * 1e9, 0.05, digit),
        ("vector of 4,096 numbers after 1.4e10 FLOP", unit, 5e3, vector * 1e9, 0.5e3, digit),
        ("training, gradients", unit, 1e5, training * 1e9, 1e5 * (1.0 - 10.0**-0.5), decade),
    ) + table(
        SPACEDC,
        CATALOGUE,
        ("text inference, as used", unit, 10.0, chat * 1e9, 10.0 * (1.0 - 10.0**-0.5), decade),
        (
            "rich outputs, a vector for each passage of 512 tokens",
            unit,
            2e3,
            vectors * 1e9,
            2e3 * (1.0 - 10.0**-0.5),
            "its vector for each token is one for each passage in use",
        ),
        refuted=True,
    )


def _both(work: Workload) -> float:
    """Bits up and down for each operation of a workload."""
    return float(bits_per_operation(np.asarray(work.upload) + work.download, work.operations))
