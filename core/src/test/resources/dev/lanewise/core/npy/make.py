"""Writes the .npy files beside it, with NumPy: python3 make.py"""
import numpy as np

i = np.arange(24).reshape(2, 3, 4)
arrays = {
    "float64": (i - 10) / 4.0,
    "float32": ((i - 10) / 4.0).astype("f4"),
    "int64": (i - 10).astype("i8") << 40,
    "int32": (i - 10).astype("i4") << 20,
    "int8": (i - 10).astype("i1") * 10,
    "uint8": i.astype("u1") * 10,
    "bool": i % 3 == 0,
}
for name, a in arrays.items():
    np.save(name, a)
    np.save(name + "-fortran", np.asfortranarray(a))

for version in (2, 3):
    with open(f"version{version}.npy", "wb") as file:
        np.lib.format.write_array(file, arrays["float32"], version=(version, 0))

np.save("scalar", np.float64(3.25))
np.save("one", np.array([7], "i4"))
np.save("empty", np.zeros((0, 3), "f4"))
np.save("empty-fortran", np.asfortranarray(np.zeros((2, 0, 3))))
np.save("special-float32", np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 1e-45, 3.4028235e38], "f4"))
np.save("special-float64", np.array([np.nan, np.inf, -np.inf, -0.0, 0.0, 5e-324, 1.7976931348623157e308]))

# headers around the end of a block of 64 bytes, the exact fit among them
for digits in range(1, 8):
    np.save(f"digits{digits}", np.zeros((0,) + (1,) * 12 + (10 ** (digits - 1),), "f8"))
np.save("growth", np.zeros((1, 12345, 0, 1, 1, 1, 1, 1), "f8"))
