package dev.lanewise.core.npy;

import dev.lanewise.core.tensor.DType;

/** NumPy's names of element types: byte order, kind and size, {@code "<f4"} for one. */
final class NpyTypes {
    private NpyTypes() {
    }

    /** The name that NumPy writes. */
    static String descr(DType dtype) {
        return (dtype.bytes() == 1 ? "|" : "<") + code(dtype);
    }

    /**
     * The type of a name.
     *
     * @throws IllegalArgumentException if it is big-endian or none of ours
     */
    static DType parse(String descr) {
        for (DType dtype : DType.values()) {
            if (descr.equals("<" + code(dtype)) || descr.equals(descr(dtype))) {
                return dtype;
            }
            if (descr.equals(">" + code(dtype))) {
                throw new IllegalArgumentException("big-endian " + dtype.label() + " ('" + descr
                        + "') is not supported, expected '" + descr(dtype) + "'");
            }
        }
        throw new IllegalArgumentException(
                "unsupported dtype " + known(descr) + "'" + descr + "', expected " + supported());
    }

    private static String code(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> "f8";
            case FLOAT32 -> "f4";
            case INT64 -> "i8";
            case INT32 -> "i4";
            case INT8 -> "i1";
            case UINT8 -> "u1";
            case BOOL -> "b1";
        };
    }

    /** What people call a type that is not supported. */
    private static String known(String descr) {
        String code = descr.isEmpty() ? "" : descr.substring(1);
        String name = switch (code) {
            case "f2" -> "float16";
            case "f12", "f16" -> "longdouble";
            case "c8" -> "complex64";
            case "c16" -> "complex128";
            case "i2" -> "int16";
            case "u2" -> "uint16";
            case "u4" -> "uint32";
            case "u8" -> "uint64";
            case "O" -> "object";
            default -> code.startsWith("U")
                    ? "str"
                    : code.startsWith("S")
                            ? "bytes"
                            : code.startsWith("V")
                                    ? "void"
                                    : code.startsWith("M8") ? "datetime64" : code.startsWith("m8") ? "timedelta64" : "";
        };
        return name.isEmpty() ? "" : name + " ";
    }

    private static String supported() {
        StringBuilder text = new StringBuilder();
        for (DType dtype : DType.values()) {
            text.append(text.isEmpty() ? "" : dtype == DType.BOOL ? " or " : ", ").append(dtype.label()).append(" '")
                    .append(descr(dtype)).append("'");
        }
        return text.toString();
    }
}
