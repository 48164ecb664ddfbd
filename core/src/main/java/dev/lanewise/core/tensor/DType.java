package dev.lanewise.core.tensor;

/** The element types. Both 8-bit types live in a {@code byte[]}; they differ in how a byte is read. */
public enum DType {
    /** 64-bit IEEE 754, in a {@code double[]}. */
    FLOAT64("float64", "Double", "double", 8),
    /** 32-bit IEEE 754, in a {@code float[]}. */
    FLOAT32("float32", "Float", "float", 4),
    /** 64-bit two's complement, in a {@code long[]}. */
    INT64("int64", "Long", "long int", 8),
    /** 32-bit two's complement, in an {@code int[]}. */
    INT32("int32", "Int", "int", 4),
    /** 8-bit two's complement, in a {@code byte[]}. */
    INT8("int8", "Char", "signed char", 1),
    /** 8-bit unsigned, in a {@code byte[]}. */
    UINT8("uint8", "Byte", "unsigned char", 1),
    /** True or false, in a {@code boolean[]}. */
    BOOL("bool", "Bool", "bool", 1);

    private final String label;
    private final String scalarName;
    private final String nativeName;
    private final int bytes;

    DType(String label, String scalarName, String nativeName, int bytes) {
        this.label = label;
        this.scalarName = scalarName;
        this.nativeName = nativeName;
        this.bytes = bytes;
    }

    /** The name that PyTorch and NumPy print, {@code "float32"} for one. */
    public String label() {
        return label;
    }

    /** The name in PyTorch's «expected scalar type ...» messages, {@code "Float"} for one. */
    public String scalarName() {
        return scalarName;
    }

    /** The C name in PyTorch's «Input type (...)» messages, {@code "float"} for one. */
    public String nativeName() {
        return nativeName;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether this is float32 or float64. */
    public boolean isFloatingPoint() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** Whether this is one of the integer types; bool is none. */
    public boolean isInteger() {
        return !isFloatingPoint() && this != BOOL;
    }
}
