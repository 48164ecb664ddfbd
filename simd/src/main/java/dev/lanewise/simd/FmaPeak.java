package dev.lanewise.simd;

import dev.lanewise.simd.environment.VectorEnvironment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core can do at most: a loop of independent float32 FMAs on registers alone. Every speed is told as a share of this,
 * measured in the same rounds, because the clocks of shared machines differ by 30 % from run to run.
 *
 * <p>The accumulator is the addend: in the other form, {@code acc.fma(x, y)}, the loop ran at 57 % of this speed.
 */
public final class FmaPeak {
    private static final VectorSpecies<Float> S = VectorEnvironment.FLOAT_SPECIES;
    private static final int ACCUMULATORS = 12; // times the latency: 12 hide 6 cycles at 2 a cycle, and fit 16 registers

    private FmaPeak() {
    }

    /** The floating-point operations of {@code steps} steps, 2 for each lane of an FMA. */
    public static double flops(int steps) {
        return 2.0 * ACCUMULATORS * S.length() * steps;
    }

    /**
     * Runs {@code steps} steps and returns a value that depends on all of them.
     *
     * @param seeds at least one vector of values, so that nothing can be computed ahead
     */
    public static float run(int steps, float[] seeds) {
        FloatVector x = FloatVector.fromArray(S, seeds, 0);
        FloatVector y = FloatVector.broadcast(S, seeds[1]);
        FloatVector a0 = x;
        FloatVector a1 = FloatVector.broadcast(S, 1);
        FloatVector a2 = FloatVector.broadcast(S, 2);
        FloatVector a3 = FloatVector.broadcast(S, 3);
        FloatVector a4 = FloatVector.broadcast(S, 4);
        FloatVector a5 = FloatVector.broadcast(S, 5);
        FloatVector a6 = FloatVector.broadcast(S, 6);
        FloatVector a7 = FloatVector.broadcast(S, 7);
        FloatVector a8 = FloatVector.broadcast(S, 8);
        FloatVector a9 = FloatVector.broadcast(S, 9);
        FloatVector a10 = FloatVector.broadcast(S, 10);
        FloatVector a11 = FloatVector.broadcast(S, 11);
        for (int i = 0; i < steps; i++) {
            a0 = x.fma(y, a0);
            a1 = x.fma(y, a1);
            a2 = x.fma(y, a2);
            a3 = x.fma(y, a3);
            a4 = x.fma(y, a4);
            a5 = x.fma(y, a5);
            a6 = x.fma(y, a6);
            a7 = x.fma(y, a7);
            a8 = x.fma(y, a8);
            a9 = x.fma(y, a9);
            a10 = x.fma(y, a10);
            a11 = x.fma(y, a11);
        }
        FloatVector sum = a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).add(a10).add(a11);
        return sum.reduceLanes(VectorOperators.ADD);
    }
}
