package dev.lanewise.core.random;

/**
 * A source of random numbers that draws as PyTorch's CPU generator does: the same seed gives the same numbers in the same order.
 *
 * <pre>{@code
 * Generator generator = new Generator(0);              // torch.manual_seed(0)
 * Tensor x = RandomTensors.randn(generator, 3, 4);     // torch.randn(3, 4)
 * }</pre>
 *
 * <p>It has state and belongs to one thread.
 */
public final class Generator {
    private MersenneTwister engine;
    /** Normals come in pairs; the second waits here, across calls, as in PyTorch. NaN: none waits. */
    private double cachedNormal = Double.NaN;

    /** A generator that starts at this seed; only its low 32 bits count. */
    public Generator(long seed) {
        engine = new MersenneTwister((int) seed);
    }

    /** Starts again at this seed, and forgets a normal that waits. */
    public void manualSeed(long seed) {
        engine = new MersenneTwister((int) seed);
        cachedNormal = Double.NaN;
    }

    /** 32 random bits. */
    public int nextBits() {
        return engine.nextInt();
    }

    /** 64 random bits: two draws, the first in the high half. */
    public long nextLongBits() {
        long high = engine.nextInt();
        return high << 32 | Integer.toUnsignedLong(engine.nextInt());
    }

    /** A float in [0, 1): the low 24 bits of one draw. */
    public float nextFloat() {
        return (nextBits() & 0xffffff) * 0x1p-24f;
    }

    /** A double in [0, 1): the low 53 bits of a 64-bit draw. */
    public double nextDouble() {
        return (nextLongBits() & 0x1fffffffffffffL) * 0x1p-53;
    }

    /**
     * A standard normal, by the transform of Box and Muller; every second one comes from the draw before. About one in 500 differs from
     * PyTorch's in the last bits of a double, where Java's sine, cosine or logarithm and the C library's round differently.
     */
    public double nextNormal() {
        if (!Double.isNaN(cachedNormal)) {
            double waiting = cachedNormal;
            cachedNormal = Double.NaN;
            return waiting;
        }
        double angle = 2 * Math.PI * nextDouble();
        // 1 - u is exact, so this is the log1p(-u) of PyTorch
        double radius = Math.sqrt(-2 * Math.log(1 - nextDouble()));
        cachedNormal = radius * Math.sin(angle);
        return radius * Math.cos(angle);
    }

    /**
     * An integer in [0, bound): a draw modulo bound, 32 bits wide where that is enough.
     *
     * @throws IllegalArgumentException if bound is not positive
     */
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("expected a positive bound, but got " + bound);
        }
        return bound <= 0xffffffffL
                ? Integer.toUnsignedLong(nextBits()) % bound
                : Long.remainderUnsigned(nextLongBits(), bound);
    }
}
