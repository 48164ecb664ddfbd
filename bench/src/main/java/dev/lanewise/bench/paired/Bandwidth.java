package dev.lanewise.bench.paired;

import dev.lanewise.core.parallel.Workers;

/** What the memory can do at most: copying arrays that no cache holds, each thread its own. */
public final class Bandwidth {
    private static final int FLOATS = 1 << 24;
    private static final int REPEATS = 7;

    private Bandwidth() {
    }

    /** Bytes a second, what is read and what is written both counted; the best of a few copies. */
    public static double measure(Workers workers) {
        int threads = workers.parallelism();
        float[][] from = new float[threads][FLOATS];
        float[][] to = new float[threads][FLOATS];
        double best = 0;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            workers.run(threads, (task, worker) -> System.arraycopy(from[task], 0, to[task], 0, FLOATS));
            double seconds = (System.nanoTime() - start) * 1e-9;
            best = Math.max(best, 2.0 * threads * FLOATS * Float.BYTES / seconds);
        }
        return best;
    }
}
