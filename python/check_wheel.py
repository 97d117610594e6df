"""Whether a wheel is for many versions of Python, has types, and has not grown."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

MOST_BYTES = 20_000_000


def main(path: Path) -> None:
    size = path.stat().st_size
    print(f"{path.name}: {size / 1e6:.1f} MB")
    if size > MOST_BYTES:
        raise SystemExit(f"the wheel has {size} bytes, more than {MOST_BYTES}; see [profile.wheel] in Cargo.toml")
    if "-abi3-manylinux" not in path.name:
        raise SystemExit(f"{path.name} is no abi3 wheel for manylinux")
    names = zipfile.ZipFile(path).namelist()
    for needed in ("ressort/py.typed", "ressort/_ressort.pyi"):
        if needed not in names:
            raise SystemExit(f"{needed} is missing in the wheel")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
