package dev.lanewise.simd.gemm;

import dev.lanewise.core.conv.TapFold;
import dev.lanewise.core.tensor.Tensor;

/**
 * A, packed: {@code m} rows of {@code k} elements in the order in which micro-kernels read them.
 *
 * <pre>
 *   block of KC = 256 columns | next block ...
 *   panel of MR rows:   a00 a10 a20 ... (MR elements: one column of the panel)
 *                       a01 a11 a21 ...
 *   next panel          ...
 * </pre>
 * A panel starts at {@code offset + m * firstColumnOfBlock + firstRow * columnsOfBlock}; the last one has only the rows that are left.
 */
public final class FloatPackedA {
    private FloatPackedA() {
    }

    /** The elements that packing takes: m * k. */
    public static int length(int m, int k) {
        return Math.multiplyExact(m, k);
    }

    /** Where the panel that starts at row {@code i} lies, in the block of {@code kc} columns that starts at column {@code k0}. */
    public static int panel(int m, int i, int k0, int kc) {
        return m * k0 + i * kc;
    }

    /**
     * Packs.
     *
     * @param a the matrix, element (i, p) at {@code aOffset + i*rowStride + p*columnStride}
     * @param mr the rows of a panel
     * @param packed receives {@link #length} elements from {@code offset}
     */
    public static void pack(int m, int k, float[] a, int aOffset, int rowStride, int columnStride, int mr,
            float[] packed, int offset) {
        int to = offset;
        for (int k0 = 0; k0 < k; k0 += TapFold.BLOCK) {
            int kEnd = Math.min(k0 + TapFold.BLOCK, k);
            for (int i0 = 0; i0 < m; i0 += mr) {
                int iEnd = Math.min(i0 + mr, m);
                for (int p = k0; p < kEnd; p++) {
                    for (int i = i0; i < iEnd; i++) {
                        packed[to++] = a[aOffset + i * rowStride + p * columnStride];
                    }
                }
            }
        }
    }

    /**
     * Packs the weights of a grouped convolution, group after group.
     *
     * @param weight [groups*m, ...] with k elements an output channel, of any strides
     * @return a new array; group g starts at g * m * k
     */
    public static float[] packGroups(Tensor weight, int groups, int m, int k, int mr) {
        return packGroups(weight, groups, m, k, mr, 0);
    }

    /** The same with room for {@code slack} elements behind the last panel. */
    public static float[] packGroups(Tensor weight, int groups, int m, int k, int mr, int slack) {
        Tensor rows = weight.reshape(groups * m, k);
        float[] packed = new float[Math.addExact(length(groups * m, k), slack)];
        for (int g = 0; g < groups; g++) {
            int first = rows.offset() + g * m * rows.stride(0);
            pack(m, k, rows.floats(), first, rows.stride(0), rows.stride(1), mr, packed, g * m * k);
        }
        return packed;
    }
}
