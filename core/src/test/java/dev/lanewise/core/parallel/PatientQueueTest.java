package dev.lanewise.core.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A clock that the tests move shows how long a taker looks out. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PatientQueueTest {
    /** Where the clock happens to stand. */
    private static final long NOW = 1L << 40;
    private static final Runnable TASK = Thread::onSpinWait;

    @Test
    void firstInFirstOut() throws InterruptedException {
        PatientQueue queue = new PatientQueue();
        Runnable second = Thread::yield;
        queue.add(TASK);
        queue.add(second);
        assertSame(TASK, queue.take());
        assertSame(second, queue.take());
    }

    /** As long as no time passes a taker looks out, and sees what comes. */
    @Test
    void looksOut() throws InterruptedException {
        AtomicInteger readings = new AtomicInteger();
        PatientQueue[] queue = new PatientQueue[1];
        queue[0] = new PatientQueue(() -> {
            if (readings.incrementAndGet() == 9) {
                queue[0].add(TASK);
            }
            return NOW;
        });
        assertSame(TASK, queue[0].take());
        assertEquals(9, readings.get());
    }

    /** Then it parks, without another reading of the clock, until something comes. */
    @Test
    void parksWhenItsPatienceIsOver() throws InterruptedException, ExecutionException, TimeoutException {
        AtomicInteger readings = new AtomicInteger();
        PatientQueue queue = new PatientQueue(() -> NOW + 100_000L * readings.getAndIncrement());
        CompletableFuture<Runnable> taken = new CompletableFuture<>();
        Thread taker = Thread.ofPlatform().daemon().start(() -> {
            try {
                taken.complete(queue.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        while (taker.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        assertFalse(taken.isDone());
        assertEquals(3, readings.get()); // 0, 100 and 200 microseconds
        queue.add(TASK);
        assertSame(TASK, taken.get(20, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptEndsTheWait() {
        LongSupplier stands = () -> NOW;
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, new PatientQueue(stands)::take);
    }
}
