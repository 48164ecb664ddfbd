package dev.lanewise.simd.gemm;

import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.simd.environment.VectorEnvironment;

/**
 * The micro-tile that the registers hold: MR rows of NV vectors.
 *
 * <p>Accumulators, the vectors of B and one broadcast element of A have to fit: with one spilled accumulator the k loop runs at half its
 * speed on 16 registers, because its chain then goes through memory. Measured on JDK 25, share of the FMA peak on packed panels in L1: 512 bits, 32
 * registers: 14x2 0.90 to 0.97, 12x2 0.96, 8x3 0.97, 6x4 0.97, 9x3 0.81 (spills), 7x4 0.68 (spills). 256 bits, 16 registers: 6x2 (BLIS's tile) 0.95,
 * 5x2 0.89, 3x3 0.89, 4x2 0.88 (eight chains of FMAs just cover their latency). With rows of B a constant distance apart C2 moves their loads ahead,
 * and 6x2 spills (0.43), 5x2 too (0.36), unless fences forbid it.
 */
public final class RegisterTile {
    /** MR, the most rows of a micro-tile. */
    public static final int ROWS = VectorEnvironment.REGISTERS >= 32 ? 14 : 6;
    /** The vectors in a row of a micro-tile. NR is this many times the lanes. */
    public static final int VECTORS = 2;

    private RegisterTile() {
    }

    /**
     * MR for a matrix of m rows: the least number of panels, all nearly alike, so that none is thin and slow. 64 rows make five panels
     * of 13 or 12 rather than four of 14 and one of 8.
     */
    public static int panelRows(int m) {
        return panelRows(m, ROWS);
    }

    /** The same with at most so many rows. */
    public static int panelRows(int m, int most) {
        return Math.ceilDiv(m, Math.max(Math.ceilDiv(m, most), 1));
    }

    /** The block sizes, in BLIS's words. */
    public static String describe() {
        return "MR " + ROWS + ", NR " + VECTORS * VectorEnvironment.FLOAT_SPECIES.length() + " (float32) or "
                + VECTORS * VectorEnvironment.DOUBLE_SPECIES.length() + " (float64), KC " + NumericsContract.KC;
    }
}
