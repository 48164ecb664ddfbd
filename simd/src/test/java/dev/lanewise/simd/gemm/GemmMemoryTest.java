package dev.lanewise.simd.gemm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.gemm.Gemm;
import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmProviders;
import dev.lanewise.core.parallel.Workers;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call leaves behind: no garbage, little scratch. */
@Tag("memory")
class GemmMemoryTest {
    private static final int CALLS = 20;
    /** Asked for each time, it would itself leave garbage. */
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Far more than C2 needs; a test ends as soon as the goal is reached. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    @ParameterizedTest
    @CsvSource({"16,16,16,false,1", "65,33,77,false,1", "65,33,77,true,1", "300,600,300,false,1", "1,500,500,false,1",
        "500,1,500,true,1", "300,600,300,false,2", "300,600,300,true,2"})
    void warmCallsLeaveNoGarbage(int m, int n, int k, boolean transposed, int threads) {
        float[] a = new float[m * k];
        float[] b = new float[k * n];
        float[] c = new float[m * n];
        int lda = transposed ? m : k;
        int ldb = transposed ? k : n;
        long allowed = threads == 1 ? 0 : 1024;
        try (Workers workers = Workers.threads(threads)) {
            long least = Long.MAX_VALUE;
            for (long end = System.nanoTime() + PATIENCE.toNanos(); least > allowed && System.nanoTime() < end;) {
                long before = allocated();
                for (int i = 0; i < CALLS; i++) {
                    Gemm.sgemm(transposed, transposed, m, n, k, 1, a, 0, lda, b, 0, ldb, 0.5f, c, 0, n, workers);
                }
                least = Math.min(least, (allocated() - before) / CALLS);
            }
            assertTrue(least <= allowed, least + " bytes a call");
        }
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    @Test
    void scratchIsSmall() {
        int size = 2048;
        float[] a = new float[size * size];
        float[] c = new float[size * size];
        new GemmCall().provider(GemmProviders.byName("simd")).sizes(size, size, size).a(a, 0, size, 1).b(a, 0, size, 1)
                .c(c, 0, size, 1).run();
        long bytes = FloatGemm.scratchBytes();
        assertTrue(bytes > 0 && bytes < 8 << 20, bytes + " bytes");
    }
}
