"""The codes of problems with people's names."""

from __future__ import annotations

CODES: dict[str, str] = {
    "N001": "warning: several names may be one person's",
    "N002": "warning: how a name is sorted is to be confirmed",
    "N003": "warning: whether a name is a person's or an organisation's is to be confirmed",
    "N004": "warning: a name may be the names of two people",
}
