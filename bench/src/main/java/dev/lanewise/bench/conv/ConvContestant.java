package dev.lanewise.bench.conv;

import dev.lanewise.bench.paired.Contestant;
import dev.lanewise.core.tensor.Tensor;

/** A convolution made ready: weights and memory are where they have to be, a call computes y. */
public interface ConvContestant extends Contestant {
    /** What the last call computed, y [N, Cout, P, Q]; a contiguous copy. */
    Tensor output();

    /** The name of the algorithm, or of the implementation, that was chosen. */
    String algorithm();
}
