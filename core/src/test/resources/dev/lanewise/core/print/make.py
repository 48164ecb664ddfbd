"""Writes torch-print.json or numpy-print.json: tensors and the text that PyTorch or NumPy prints for them.

    python3 make.py torch [CASES] > torch-print.json
    python3 make.py numpy [CASES] > numpy-print.json

A case: the dtype, the shape, the elements in row-major order as the shortest text that reads back as the same number (or
"arange", the numbers 0, 1, 2, ... divided by a divisor), the options, and the text.
"""

import json
import random
import sys

import numpy

DTYPES = ["float32", "float64", "int64", "int32", "int8", "uint8", "bool"]
FLOATS = ["float32", "float64"]


def element(rng, dtype, kind, scale):
    if dtype == "bool":
        return rng.random() < 0.5
    if dtype not in FLOATS:
        info = numpy.iinfo(dtype)
        size = {"small": 10, "mixed": 10 ** rng.randint(0, 18), "zero": 1}.get(kind, 1000)
        return max(info.min, min(info.max, rng.randint(-size, size)))
    if kind == "zero":
        return rng.choice([0.0, -0.0])
    if kind == "small":
        return float(rng.randint(-9, 9))
    if kind == "whole":
        return float(rng.randint(-100000, 100000))
    if kind == "round":
        return rng.randint(-1000, 1000) / 8
    if kind == "mixed":
        return rng.gauss(0, 1) * 10.0 ** rng.uniform(-scale, scale)
    return rng.gauss(0, 1) * 10.0 ** scale


def case(rng, defaults):
    dtype = rng.choice(FLOATS + FLOATS + DTYPES)
    rank = rng.choice([0, 1, 1, 2, 2, 2, 3, 4])
    shape = [rng.choice([1, 1, 2, 3, 5, 8, 13] if rank > 1 else [1, 2, 5, 11, 30]) for _ in range(rank)]
    if rng.random() < 0.05 and rank:
        shape[rng.randrange(rank)] = 0
    options = dict(defaults)
    if rng.random() < 0.3:
        options = {"precision": rng.randint(0, 9), "threshold": rng.choice([5, 20, 1000]),
                   "edgeitems": rng.randint(1, 4), "linewidth": rng.choice([20, 40, 75, 80, 120])}
    numel = int(numpy.prod(shape, dtype=int))
    kind = rng.choice(["zero", "small", "whole", "round", "mixed", "plain", "plain"])
    scale = rng.choice([0, 0, 0, 1, 2, 3, 4, 6, 8, 9, 15, 20]) * rng.choice([-1, 1])
    values = [element(rng, dtype, kind, scale) for _ in range(numel)]
    if dtype in FLOATS:
        for i in range(numel):
            if rng.random() < 0.01:
                values[i] = rng.choice([float("nan"), float("inf"), -float("inf"), 0.0, -0.0])
        if rng.random() < 0.03:
            values = [rng.choice([float("nan"), float("inf"), -float("inf"), 0.0]) for _ in values]
    return dtype, shape, numpy.array(values, dtype=dtype).reshape(shape), options


def fixed():
    """Cases worth having by name."""
    tiny = [numpy.finfo(numpy.float32).smallest_subnormal, numpy.finfo(numpy.float32).tiny]
    yield numpy.array(tiny, dtype="float32")
    yield numpy.array([5e-324, 1e-323, 2.2250738585072014e-308, 1.7976931348623157e308])
    yield numpy.array([3.4028235e38, 1], dtype="float32")
    for dtype in FLOATS:
        yield numpy.array([1e-4, 0.1], dtype=dtype)
        yield numpy.array([1, 1000], dtype=dtype)
        yield numpy.array([1, 1001], dtype=dtype)
        yield numpy.array([0.5, 500.25], dtype=dtype)
        yield numpy.array([1e8, 2e8], dtype=dtype)
        yield numpy.array([1e6, 2e6], dtype=dtype)
        yield numpy.array([0.1, 0.2, 1 / 3], dtype=dtype)
        yield numpy.array([0.99999, 0.00005], dtype=dtype)
        yield numpy.array([0.00005, 1], dtype=dtype)
        yield numpy.array([0.1, 1.2345678e-5], dtype=dtype)
        yield numpy.array([0.12345, 0.00025, 0.5], dtype=dtype)
        for scalar in [0.0, -0.0, 4.0, -1.5, 1e-4, 9.9e-5, 1e15, 1e16, 123456789.0, 0.1, 1e100, numpy.nan, numpy.inf]:
            with numpy.errstate(over="ignore"):
                yield numpy.array(scalar, dtype=dtype)
        for shape in [(0,), (0, 3), (3, 0), (2, 0, 3)]:
            yield numpy.zeros(shape, dtype=dtype)
    for dtype in ["int64", "bool"]:
        for shape in [(), (0,), (2, 0), (4, 1, 5)]:
            yield numpy.zeros(shape, dtype=dtype)


def torch_text(array, options):
    import torch

    torch.set_printoptions(**options)
    return str(torch.tensor(array.tolist(), dtype=getattr(torch, str(array.dtype))).reshape(array.shape))


def numpy_text(array, options):
    with numpy.printoptions(**options):
        return {"str": str(array), "repr": repr(array)}


def shortest(value, dtype):
    if dtype in FLOATS:
        return str(numpy.dtype(dtype).type(value))
    return str(value)


def main(what, count):
    text = torch_text if what == "torch" else numpy_text
    defaults = {"precision": 4 if what == "torch" else 8, "threshold": 1000, "edgeitems": 3,
                "linewidth": 80 if what == "torch" else 75}
    rng = random.Random(7)
    cases = [(str(a.dtype), list(a.shape), a, dict(defaults)) for a in fixed()]
    cases += [case(rng, defaults) for _ in range(count)]
    rows = []
    for dtype, shape, array, options in cases:
        values = [shortest(v, dtype) for v in array.reshape(-1)]
        rows.append({"dtype": dtype, "shape": shape, "values": " ".join(values), "options": list(options.values()),
                     "text": text(array, options)})
    for dtype, shape, divisor in [("int64", [2000], 1), ("float32", [1001], 8), ("float64", [40, 40], 7), ("int64", [10, 11, 12], 1),
                                  ("int8", [3, 500], 1), ("float32", [1, 2, 7, 100], 3), ("bool", [1500], 1), ("float32", [6, 200], 1)]:
        array = (numpy.arange(int(numpy.prod(shape))) / divisor).astype(dtype).reshape(shape)
        rows.append({"dtype": dtype, "shape": shape, "arange": divisor, "options": list(defaults.values()), "text": text(array, defaults)})
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 120)
