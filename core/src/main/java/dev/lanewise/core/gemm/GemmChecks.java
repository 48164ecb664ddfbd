package dev.lanewise.core.gemm;

import dev.lanewise.core.tensor.DType;

/** What is checked before anything is written. Allocates nothing where nothing is wrong. */
final class GemmChecks {
    private GemmChecks() {
    }

    static void check(GemmCall call, GemmProvider provider) {
        checkSize("m", call.m());
        checkSize("n", call.n());
        checkSize("k", call.k());
        checkSize("batch", call.batch());
        DType dtype = call.c().dtype();
        if (!provider.supports(dtype)) {
            throw new IllegalArgumentException(
                    "the provider '" + provider.name() + "' does not multiply matrices of " + dtype.label());
        }
        checkInput(call.a(), PackedMatrix.Side.A, call.m(), call.k(), call, provider);
        checkInput(call.b(), PackedMatrix.Side.B, call.k(), call.n(), call, provider);
        if (call.hasResidual()) {
            checkInput(call.residual(), PackedMatrix.Side.A, call.m(), call.n(), call, provider);
        }
        checkPlaces(call.c(), call.m(), call.n(), call.batch());
        checkDistinct(call);
        checkApart(call, call.a(), call.m(), call.k());
        checkApart(call, call.b(), call.k(), call.n());
        if (call.hasResidual()) {
            checkApart(call, call.residual(), call.m(), call.n());
        }
    }

    static void checkSize(String name, int size) {
        if (size < 0) {
            throw new IllegalArgumentException("expected " + name + " to be at least 0, but got " + size);
        }
    }

    /** BLAS's rule, with its words. */
    static void checkLeadingDimension(String name, int ld, String matrix, int rows, int columns, boolean transposed) {
        int least = transposed ? rows : columns;
        if (ld < Math.max(least, 1)) {
            throw new IllegalArgumentException(
                    "expected " + name + " to be at least " + Math.max(least, 1) + " for " + matrix + " [" + rows + ", "
                            + columns + "]" + (transposed ? " stored transposed" : "") + ", but got " + ld);
        }
    }

    private static void checkInput(GemmOperand operand, PackedMatrix.Side side, int rows, int columns, GemmCall call,
            GemmProvider provider) {
        DType dtype = call.c().dtype();
        if (operand.dtype() != dtype) {
            throw new IllegalArgumentException(
                    "expected " + operand.name() + " to be " + dtype.label() + " as c is, but it is "
                            + operand.dtype().label());
        }
        PackedMatrix packed = operand.packed();
        if (packed == null) {
            checkPlaces(operand, rows, columns, call.batch());
        } else if (packed.side() != side || packed.rows() != rows || packed.columns() != columns) {
            throw new IllegalArgumentException(
                    "expected " + operand.name() + " to be " + side + " [" + rows + ", " + columns
                            + "], but got " + packed);
        } else if (packed.provider() != provider) {
            throw new IllegalArgumentException(operand.name() + " was packed by the provider '"
                    + packed.provider().name() + "', which '" + provider.name() + "' cannot read");
        }
    }

    /** All elements lie in the array. */
    private static void checkPlaces(GemmOperand operand, int rows, int columns, int batch) {
        if (operand.rowStride() < 0 || operand.columnStride() < 0 || operand.batchStride() < 0
                || operand.offset() < 0) {
            throw new IllegalArgumentException("expected offset and strides of " + operand.name()
                    + " to be at least 0, but got offset " + operand.offset() + strides(operand));
        }
        if (rows > 0 && columns > 0 && batch > 0) {
            long needed = last(operand, rows, columns, batch) + 1;
            if (needed > operand.length()) {
                throw new IllegalArgumentException(operand.name() + " [" + rows + ", " + columns + "]"
                        + (batch == 1 ? "" : ", a batch of " + batch + ",") + " at offset " + operand.offset()
                        + strides(operand) + " needs an array of " + needed + " elements, but it has "
                        + operand.length());
            }
        }
    }

    private static String strides(GemmOperand operand) {
        return " with row stride " + operand.rowStride() + ", column stride " + operand.columnStride()
                + (operand.batchStride() == 0 ? "" : ", batch stride " + operand.batchStride());
    }

    private static long last(GemmOperand operand, int rows, int columns, int batch) {
        return operand.offset() + span(rows, operand.rowStride()) + span(columns, operand.columnStride())
                + span(batch, operand.batchStride());
    }

    /** From the first to the last of so many places. */
    private static long span(int count, int stride) {
        return (count - 1L) * stride;
    }

    /** The axes of C nest: each stride passes what the smaller ones span. */
    private static void checkDistinct(GemmCall call) {
        GemmOperand c = call.c();
        int rows = call.m();
        int columns = call.n();
        int batch = call.batch();
        boolean distinct = passes(c.rowStride(), rows, c.columnStride(), columns, c.batchStride(), batch)
                && passes(c.columnStride(), columns, c.rowStride(), rows, c.batchStride(), batch)
                && passes(c.batchStride(), batch, c.rowStride(), rows, c.columnStride(), columns);
        if (!distinct && rows > 0 && columns > 0 && batch > 0) {
            throw new IllegalArgumentException("elements of c [" + rows + ", " + columns + "]"
                    + (batch == 1 ? "" : ", a batch of " + batch + ",") + strides(c) + " share places");
        }
    }

    private static boolean passes(int stride, int count, int stride1, int count1, int stride2, int count2) {
        long span = (stride1 < stride ? span(count1, stride1) : 0) + (stride2 < stride ? span(count2, stride2) : 0);
        boolean alone = (stride1 != stride || count1 <= 1) && (stride2 != stride || count2 <= 1);
        return count <= 1 || (stride > span && alone);
    }

    /** No element of the operand lies where one of C does. */
    private static void checkApart(GemmCall call, GemmOperand operand, int rows, int columns) {
        GemmOperand c = call.c();
        boolean empty = rows == 0 || columns == 0 || call.m() == 0 || call.n() == 0 || call.batch() == 0;
        if (operand.arrayOrNull() != c.arrayOrNull() || empty) {
            return;
        }
        boolean behind = operand.offset() > last(c, call.m(), call.n(), call.batch());
        boolean before = last(operand, rows, columns, call.batch()) < c.offset();
        if (!behind && !before && !inOtherColumns(call, operand, rows, columns)) {
            throw new IllegalArgumentException(
                    "c [" + call.m() + ", " + call.n() + "] at offset " + c.offset() + strides(c)
                            + " overlaps " + operand.name() + " [" + rows + ", " + columns + "] at offset "
                            + operand.offset() + strides(operand) + " in the same array");
        }
    }

    /** Blocks of one larger matrix, side by side: each row of it has columns of both, but none twice. */
    private static boolean inOtherColumns(GemmCall call, GemmOperand operand, int rows, int columns) {
        GemmOperand c = call.c();
        int ld = Math.max(c.rowStride(), c.columnStride());
        if (Math.max(operand.rowStride(), operand.columnStride()) != ld || ld == 0
                || (call.batch() > 1 && (c.batchStride() % ld != 0 || operand.batchStride() % ld != 0))) {
            return false;
        }
        long cWidth = width(c, call.m(), call.n());
        long width = width(operand, rows, columns);
        long distance = Math.floorMod(operand.offset() - c.offset(), ld);
        return distance >= cWidth && distance + width <= ld;
    }

    /** What the smaller stride spans. */
    private static long width(GemmOperand operand, int rows, int columns) {
        return 1 + (operand.rowStride() < operand.columnStride()
                ? span(rows, operand.rowStride())
                : span(columns, operand.columnStride()));
    }
}
