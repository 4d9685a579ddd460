"""SHA256SUMS: the digest of every file of a folder, as `sha256sum --check SHA256SUMS` reads them."""

from pathlib import Path

from troopwatch import lake

FILE = "SHA256SUMS"


def write(folder: Path) -> Path:
    """Write the digests of all files in a folder and below, in the order of their names; itself left out."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{lake.fingerprint(folder / name)}  {name}\n" for name in names if name != FILE]
    with lake.replacing(folder / FILE) as file:
        file.write("".join(lines).encode())
    return folder / FILE
