"""Files to import, and what was wrong with them."""

import csv

GOOD = {
    "milestone": "issa-j1-launch",
    "stated_on": "2025-09-11",
    "text": "spring 2027",
    "edtf": "2027-25",
    "source": "Astroscale",
}


def csv_file(folder, *rows):
    path = folder / "new.csv"
    cells = [GOOD | row for row in rows]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in cells for name in row)))
        writer.writeheader()
        writer.writerows(cells)
    return path


def problems(refused) -> list[str]:
    return [str(problem) for problem in refused.value.problems]
