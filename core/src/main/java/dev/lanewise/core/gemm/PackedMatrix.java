package dev.lanewise.core.gemm;

import dev.lanewise.core.tensor.DType;

/**
 * A or B in the order in which its provider's micro-kernels read it: packed once, multiplied often.
 *
 * <p>Made by {@link Gemm#packA} and {@link Gemm#packB}, immutable, for any number of threads. It holds a copy of the matrix.
 */
public abstract class PackedMatrix {
    /** Which operand it can be. */
    public enum Side {
        /** The left operand, A [m, k]. */
        A,
        /** The right operand, B [k, n]. */
        B
    }

    private final GemmProvider provider;
    private final Side side;
    private final DType dtype;
    private final int rows;
    private final int columns;

    /** For providers. */
    protected PackedMatrix(GemmProvider provider, Side side, DType dtype, int rows, int columns) {
        this.provider = provider;
        this.side = side;
        this.dtype = dtype;
        this.rows = rows;
        this.columns = columns;
    }

    /** Who packed it; nobody else can read it. */
    public final GemmProvider provider() {
        return provider;
    }

    /** Which operand it can be. */
    public final Side side() {
        return side;
    }

    /** The element type. */
    public final DType dtype() {
        return dtype;
    }

    /** The rows of the matrix. */
    public final int rows() {
        return rows;
    }

    /** The columns of the matrix. */
    public final int columns() {
        return columns;
    }

    /** The size and the type, {@code packed A float32[3, 4]}. */
    @Override
    public final String toString() {
        return "packed " + side + " " + dtype.label() + "[" + rows + ", " + columns + "]";
    }
}
