"""Reads a safetensors file: 8 bytes of length, a JSON header, the tensors. Nothing is shared with the TypeScript reader."""
import json
import struct

import numpy as np

DTYPES = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "I32": "<i4", "I64": "<i8"}


def read_tensors(path):
    """Every tensor as it was stored, by name, and the file's metadata."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, about in header.items():
        start, end = about["data_offsets"]
        flat = np.frombuffer(content[8 + length + start : 8 + length + end], DTYPES[about["dtype"]])
        tensors[name] = flat.reshape(about["shape"])
    return tensors, metadata


def read_projections(path):
    """Q, K and V of every layer, float64 [n, n] each: the rows of c_attn.weight [3n, n] in thirds."""
    tensors, _ = read_tensors(path)
    layers = []
    while f"blocks.{len(layers)}.attn.c_attn.weight" in tensors:
        joined = tensors[f"blocks.{len(layers)}.attn.c_attn.weight"].astype(np.float64)
        if not np.isfinite(joined).all():
            raise ValueError(f"layer {len(layers)} of {path} holds a number that is not finite")
        layers.append(dict(zip("qkv", np.split(joined, 3))))
    if not layers:
        raise ValueError(f"{path} holds no attention weights")
    return layers
