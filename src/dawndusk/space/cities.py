"""A hundred large cities: geodetic latitude and longitude in degrees, north and east positive.

The list of the Hypatia simulator (snkas/hypatia, MIT licence, Copyright (c) 2020 ETH Zurich): the cities with
the most people expected in 2025. Heights are taken as zero.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from dawndusk.core.errors import problem

CITIES: Final = {
    "Tokyo": (35.6895, 139.69171),
    "Delhi": (28.66667, 77.21667),
    "Shanghai": (31.22222, 121.45806),
    "São-Paulo": (-23.5475, -46.63611),
    "Mumbai-(Bombay)": (19.073975, 72.880838),
    "Ciudad-de-México-(Mexico-City)": (19.427318, -99.141869),
    "Beijing": (39.9075, 116.39723),
    "Kinki-M.M.A.-(Osaka)": (34.675834, 135.553823),
    "Al-Qahirah-(Cairo)": (30.039173, 31.239411),
    "New-York-Newark": (40.717042, -74.003663),
    "Dhaka": (23.7104, 90.40744),
    "Karachi": (24.9056, 67.0822),
    "Buenos-Aires": (-34.605083, -58.400368),
    "Kolkata-(Calcutta)": (22.533455, 88.356045),
    "Istanbul": (41.0138, 28.9497),
    "Chongqing": (29.56278, 106.55278),
    "Lagos": (6.45306, 3.39583),
    "Manila": (14.6042, 120.9822),
    "Rio-de-Janeiro": (-22.90278, -43.2075),
    "Guangzhou--Guangdong": (23.125457, 113.257374),
    "Los-Angeles-Long-Beach-Santa-Ana": (34.031656, -118.241716),
    "Moskva-(Moscow)": (55.754996, 37.621849),
    "Kinshasa": (-4.32758, 15.31357),
    "Tianjin": (39.108842, 117.18862),
    "Paris": (48.85341, 2.3488),
    "Shenzhen": (22.541487, 114.063427),
    "Jakarta": (-6.211831, 106.841646),
    "London": (51.50853, -0.12574),
    "Bangalore": (12.97194, 77.59369),
    "Lima": (-12.04318, -77.02824),
    "Chennai-(Madras)": (13.053091, 80.24875),
    "Seoul": (37.56826, 126.97783),
    "Bogotá": (4.60971, -74.08175),
    "Chukyo-M.M.A.-(Nagoya)": (35.18147, 136.90641),
    "Johannesburg": (-26.20227, 28.04363),
    "Krung-Thep-(Bangkok)": (13.721964, 100.525248),
    "Hyderabad": (17.37528, 78.47444),
    "Chicago": (41.85003, -87.65005),
    "Lahore": (31.5497222, 74.3436111),
    "Tehran": (35.69439, 51.42151),
    "Wuhan": (30.58333, 114.26667),
    "Chengdu": (30.66667, 104.06667),
    "Dongguan": (23.02116, 113.741411),
    "Nanjing--Jiangsu": (32.048183, 118.789812),
    "Ahmadabad": (23.03333, 72.61667),
    "Hong-Kong": (22.279588, 114.188697),
    "Thành-Pho-Ho-Chí-Minh-(Ho-Chi-Minh-City)": (10.75, 106.66667),
    "Foshan": (23.022778, 113.119953),
    "Kuala-Lumpur": (3.1412, 101.68653),
    "Baghdad": (33.34058, 44.40088),
    "Santiago": (-33.45694, -70.64827),
    "Hangzhou": (30.29365, 120.16142),
    "Ar-Riyadh-(Riyadh)": (24.690466, 46.709566),
    "Shenyang": (41.79222, 123.43278),
    "Madrid": (40.4165, -3.70256),
    "Xi'an--Shaanxi": (34.289413, 108.940242),
    "Toronto": (43.70011, -79.4163),
    "Miami": (25.789097, -80.204044),
    "Pune-(Poona)": (18.516057, 73.861578),
    "Belo-Horizonte": (-19.92083, -43.93778),
    "Dallas-Fort-Worth": (32.72541, -97.32085),
    "Surat": (21.16667, 72.83333),
    "Houston": (29.7601927, -95.3693896),
    "Singapore": (1.28967, 103.85007),
    "Philadelphia": (39.95234, -75.16379),
    "Kitakyushu-Fukuoka-M.M.A.": (33.6064, 130.4181),
    "Luanda": (-8.83682, 13.23432),
    "Suzhou--Jiangsu": (31.302068, 120.585259),
    "Haerbin": (45.756325, 126.646688),
    "Barcelona": (41.38879, 2.15899),
    "Atlanta": (33.76, -84.4),
    "Al-Khartum-(Khartoum)": (15.55177, 32.53241),
    "Dar-es-Salaam": (-6.82349, 39.26951),
    "Sankt-Peterburg-(Saint-Petersburg)": (59.929858, 30.326228),
    "Washington--D.C.": (38.89511, -77.03637),
    "Abidjan": (5.345339, -4.026789),
    "Guadalajara": (20.66667, -103.33333),
    "Yangon": (16.80528, 96.15611),
    "Al-Iskandariyah-(Alexandria)": (31.192471, 29.904596),
    "Ankara": (39.91987, 32.85427),
    "Kabul": (34.528887, 69.17246),
    "Qingdao": (36.09861, 120.37194),
    "Chittagong": (22.33306, 91.83639),
    "Monterrey": (25.66667, -100.31667),
    "Sydney": (-33.86785, 151.20732),
    "Dalian": (38.913811, 121.602322),
    "Xiamen": (24.47979, 118.08187),
    "Zhengzhou": (34.75778, 113.64861),
    "Boston": (42.347919, -71.06453),
    "Melbourne": (-37.814, 144.96332),
    "Brasília": (-15.77972, -47.92972),
    "Jiddah": (21.51694, 39.21917),
    "Phoenix-Mesa": (33.449454, -112.074743),
    "Ji'nan--Shandong": (36.676721, 116.997142),
    "Montréal": (45.50884, -73.58781),
    "Shantou": (23.36814, 116.71479),
    "Nairobi": (-1.28333, 36.81667),
    "Medellín": (6.25184, -75.56359),
    "Fortaleza": (-3.74117, -38.543575),
    "Kunming": (25.03889, 102.71833),
}


def _plain(name: str) -> str:
    """A name without accents, capitals and hyphens."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in letters if c.isalnum())


def _names() -> dict[str, str]:
    """Plain name -> key of `CITIES`: the whole, what stands before brackets, and what stands in them."""
    found: dict[str, str] = {}
    for key in CITIES:
        own, _, other = key.partition("(")
        found |= {_plain(part): key for part in (key, own, other) if part}
    return found


def city(name: str) -> tuple[float, float]:
    """Latitude and longitude (deg) of a city of the list.

    Parameters
    ----------
    name : str
        As in `CITIES`, before or in its brackets; accents, capitals and hyphens do not matter, and a
        beginning is enough where no other city begins alike.

    Raises
    ------
    UserError
        For a city that is not in the list.
    """
    from difflib import get_close_matches

    known, asked = _names(), _plain(name)
    begun = {key for plain, key in known.items() if asked and plain.startswith(asked)}
    if asked in known or len(begun) == 1:
        return CITIES[known[asked] if asked in known else next(iter(begun))]
    near = get_close_matches(asked, known, n=1, cutoff=0.6)
    write = known[near[0]] if near else "latitude and longitude in degrees, such as 14.6,121.0"
    raise problem("city", name, f"one of {len(CITIES)} large cities, or coordinates", write)
