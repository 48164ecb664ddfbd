package dev.lanewise.simd.conv;

import dev.lanewise.core.parallel.Pool;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** An algorithm that runs on some threads, with its pool of runs. */
final class ConvEngine {
    private final ConvAlgorithm algorithm;
    private final Workers workers;
    private final Pool<ConvRun> pool = new Pool<>();

    ConvEngine(ConvAlgorithm algorithm, Workers workers) {
        this.algorithm = algorithm;
        this.workers = workers;
    }

    void run(Tensor x, @Nullable Tensor residual, Tensor y) {
        ConvRun run = pool.take();
        if (run == null) {
            run = algorithm.newRun(workers.parallelism());
        }
        run.bind(x, residual, y);
        workers.run(run.tasks(), run);
        run.release();
        pool.give(run); // not after a failure: a task may have left its scratch half written
    }

    /** The scratch of one run, in bytes. */
    long scratchBytes() {
        return algorithm.scratchBytesPerThread() * workers.parallelism();
    }
}
