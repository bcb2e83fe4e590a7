"""Prints what a Python library reads of a dataset: readers.py LIBRARY FOLDER"""

import sys

library, folder = sys.argv[1:]

if library == "datasets":
    from datasets import load_dataset

    splits = load_dataset(folder)
    for name, rows in splits.items():
        label, image = rows.features["label"], rows.features["image"]
        print(name, rows.num_rows, sorted(rows["id"]), sorted(rows["label"]))
        print(type(label).__name__, label.names, type(image).__name__, rows[0]["image"].size)
    streamed = load_dataset(folder, split="train", streaming=True)
    print("streamed", sorted(row["id"] for row in streamed))
elif library == "polars":
    import polars

    rows = polars.read_parquet(folder + "/**/*.parquet", hive_partitioning=True)
    print(sorted(rows.select("split", "label", "id").rows()))
    print({name: str(dtype) for name, dtype in rows.schema.items()})
elif library == "pyarrow":
    import pyarrow.dataset

    rows = pyarrow.dataset.dataset(folder, partitioning="hive").to_table()
    print(sorted(zip(*(rows[name].to_pylist() for name in ("split", "label", "id")))))
    print({field.name: str(field.type) for field in rows.schema})
