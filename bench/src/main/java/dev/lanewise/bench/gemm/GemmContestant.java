package dev.lanewise.bench.gemm;

import dev.lanewise.bench.paired.Contestant;

/** A matrix product made ready: matrices are where they have to be, a call computes C; nothing is packed before. */
public interface GemmContestant extends Contestant {
    /** What the last call computed, C [m, n] row-major. */
    double[] output();
}
