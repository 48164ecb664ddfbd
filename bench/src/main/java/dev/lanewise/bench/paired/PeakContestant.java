package dev.lanewise.bench.paired;

import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.simd.FmaPeak;
import java.util.Arrays;

/** What the cores can do at most: a loop of FMAs on registers alone, on every thread at once. */
public final class PeakContestant implements Contestant {
    private static final int STEPS = 100_000;
    private final Workers workers;
    private final DType dtype;
    private final float[] seeds = new float[64];
    private volatile float sink;

    /**
     * The peak of as many threads as the contestants use.
     *
     * @param dtype float64 vectors have half the lanes, so half the peak
     */
    public PeakContestant(Workers workers, DType dtype) {
        this.workers = workers;
        this.dtype = dtype;
        Arrays.fill(seeds, 1e-3f);
    }

    @Override
    public String name() {
        return "FMA peak";
    }

    @Override
    public double flops() {
        double single = FmaPeak.flops(STEPS) * workers.parallelism();
        return dtype == DType.FLOAT64 ? single / 2 : single;
    }

    @Override
    public void call() {
        workers.run(workers.parallelism(), (task, worker) -> sink = FmaPeak.run(STEPS, seeds));
    }

    @Override
    public boolean compiledByJvm() {
        return true;
    }
}
