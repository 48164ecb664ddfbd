package dev.lanewise.simd.conv;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A few runs kept for the next call, with their scratch. No locks, no thread locals; what does not fit is left to the collector. */
final class RunPool {
    private static final int KEPT = 4;
    private final AtomicReferenceArray<@Nullable ConvRun> runs = new AtomicReferenceArray<>(KEPT);

    @Nullable
    ConvRun take() {
        for (int i = 0; i < KEPT; i++) {
            ConvRun run = runs.get(i);
            if (run != null && runs.compareAndSet(i, run, null)) {
                return run;
            }
        }
        return null;
    }

    void give(ConvRun run) {
        for (int i = 0; i < KEPT; i++) {
            if (runs.get(i) == null && runs.compareAndSet(i, null, run)) {
                return;
            }
        }
    }
}
