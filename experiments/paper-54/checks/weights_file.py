"""Reads a safetensors file: 8 bytes of length, a JSON header, the tensors. Nothing is shared with the TypeScript reader."""
import json
import struct

import numpy as np

DTYPES = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}


def read_projections(path):
    """Q, K and V of every layer, float64 [n, n] each: the rows of c_attn.weight [3n, n] in thirds."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    layers = []
    while f"blocks.{len(layers)}.attn.c_attn.weight" in header:
        about = header[f"blocks.{len(layers)}.attn.c_attn.weight"]
        start, end = about["data_offsets"]
        flat = np.frombuffer(content[8 + length + start : 8 + length + end], DTYPES[about["dtype"]])
        joined = flat.astype(np.float64).reshape(about["shape"])
        if not np.isfinite(joined).all():
            raise ValueError(f"layer {len(layers)} of {path} holds a number that is not finite")
        layers.append(dict(zip("qkv", np.split(joined, 3))))
    if not layers:
        raise ValueError(f"{path} holds no attention weights")
    return layers
