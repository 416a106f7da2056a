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
        flat = np.frombuffer(content, DTYPES[about["dtype"]], (end - start) // np.dtype(DTYPES[about["dtype"]]).itemsize, 8 + length + start)
        tensors[name] = flat.reshape(about["shape"])
    return tensors, metadata


class Run:
    """A run's weights: Q, K and V of all layers, float64 [layers, n, n] each, from the rows of c_attn.weight [3n, n] in thirds."""

    def __init__(self, path):
        self.tensors, metadata = read_tensors(path)
        layers = []
        while f"blocks.{len(layers)}.attn.c_attn.weight" in self.tensors:
            layers.append(self.layer("attn.c_attn", len(layers)))
            if not np.isfinite(layers[-1]).all():
                raise ValueError(f"layer {len(layers) - 1} of {path} holds a number that is not finite")
        if not layers:
            raise ValueError(f"{path} holds no attention weights")
        self.q, self.k, self.v = np.split(np.array(layers), 3, axis=1)
        self.heads = int(metadata["nHeads"])
        self.rope_base = float(metadata.get("ropeBase", "nan"))

    def layer(self, part, layer):
        return self.tensors[f"blocks.{layer}.{part}.weight"].astype(np.float64)

    def by_head(self, stack):
        """Rows of each head: [layers, heads, n / heads, n]."""
        layers, n, _ = stack.shape
        return stack.reshape(layers, self.heads, n // self.heads, n)

    def rows(self, top):
        """The embedding's rows of the top tokens; reduced runs hold those alone."""
        whole = self.tensors.get("wte.weight")
        return (self.tensors["wte.top.weight"] if whole is None else whole[top]).astype(np.float64)
