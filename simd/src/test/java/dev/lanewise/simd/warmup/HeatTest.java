package dev.lanewise.simd.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.simd.environment.WarmupMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rehearsals by a thread and by callers, with code that takes as long as the test wants. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeatTest {
    private static final long AGES = 3_600_000_000_000L;

    /** Code that is slow for some runs, as if it had to be compiled. */
    private static final class Act implements Rehearsal {
        private final int slowRuns;
        int runs;
        @Nullable
        Thread thread;
        @Nullable
        ClassLoader loader;

        Act(int slowRuns) {
            this.slowRuns = slowRuns;
        }

        @Override
        public void vector() {
            thread = Thread.currentThread();
            loader = thread.getContextClassLoader();
            if (++runs <= slowRuns) {
                pause(20_000_000);
            }
        }

        @Override
        public void plain() {
            pause(2_000_000);
        }

        private static void pause(long nanos) {
            for (long end = System.nanoTime() + nanos; System.nanoTime() < end;) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aThreadRehearsesUntilVectorCodeIsFast() {
        Act first = new Act(5);
        Act second = new Act(0);
        Heat heat = Heat.of(WarmupMode.DAEMON, () -> List.of(first, second));
        assertFalse(heat.isHot());
        heat.ranPlain(1);
        heat.ranPlain(1); // asks but once
        await(heat);
        assertTrue(first.runs > 5, "runs " + first.runs);
        assertTrue(second.runs > 0, "runs " + second.runs);

        Thread thread = first.thread;
        assertNotNull(thread);
        assertSame(thread, second.thread);
        assertNotSame(Thread.currentThread(), thread);
        assertTrue(thread.isDaemon(), "keeps the JVM from exiting");
        assertNull(first.loader, "holds a class loader");
    }

    @Test
    void theThreadEndsWithItsWorkAndComesBackWithMore() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            Act act = new Act(0);
            Heat heat = Heat.of(WarmupMode.DAEMON, () -> List.of(act));
            heat.ranPlain(1);
            await(heat);
            Thread thread = act.thread;
            assertNotNull(thread);
            thread.join();
        }
    }

    @Test
    void manyKindsAreRehearsed() {
        List<Heat> heats = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            heats.add(Heat.of(WarmupMode.DAEMON, () -> List.of(new Act(1))));
        }
        heats.parallelStream().forEach(heat -> heat.ranPlain(1));
        heats.forEach(HeatTest::await);
    }

    @Test
    void withoutAThreadCallersGiveAShareOfTheirTime() {
        Act act = new Act(5);
        Heat heat = Heat.of(WarmupMode.OFF, () -> List.of(act));
        heat.ranPlain(9); // a tenth of it is nothing
        assertEquals(0, act.runs);
        heat.ranPlain(10_000_000); // a millisecond for it
        assertEquals(1, act.runs);
        heat.ranPlain(10_000_000); // the one run has taken 20 of them
        assertEquals(1, act.runs);
        heat.ranPlain(AGES);
        assertTrue(heat.isHot());
        assertSame(Thread.currentThread(), act.thread);
    }

    @Test
    void forcedModesStayWhatTheyAre() {
        Act act = new Act(0);
        Heat vector = Heat.of(WarmupMode.VECTOR, () -> List.of(act));
        assertTrue(vector.isHot());
        Heat plain = Heat.of(WarmupMode.PLAIN, () -> List.of(act));
        plain.ranPlain(AGES);
        assertFalse(plain.isHot());
        assertEquals(0, act.runs);
    }

    /** Then callers get vector code, and with it the error, if it was not for the dummies alone. */
    @Test
    void aRehearsalThatFailsIsTheLast() {
        Heat heat = Heat.of(WarmupMode.DAEMON, () -> {
            throw new OutOfMemoryError("no room for dummies");
        });
        heat.ranPlain(1);
        await(heat);
    }

    private static void await(Heat heat) {
        while (!heat.isHot()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
