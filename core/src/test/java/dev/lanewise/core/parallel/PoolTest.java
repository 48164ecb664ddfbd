package dev.lanewise.core.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolTest {
    /** How many objects a pool keeps. */
    private static final int KEPT = 4;

    private final Pool<Integer> pool = new Pool<>();

    @Test
    void anEmptyPoolHasNone() {
        assertNull(pool.take());
    }

    @Test
    void whatIsTakenIsGone() {
        Integer object = 1000;
        pool.give(object);
        assertSame(object, pool.take());
        assertNull(pool.take());
    }

    @Test
    void keepsAFewAndLeavesTheRest() {
        for (int i = 0; i <= KEPT; i++) {
            pool.give(i);
        }
        Set<Integer> taken = new TreeSet<>();
        for (int i = 0; i < KEPT; i++) {
            Integer object = pool.take();
            assertNotNull(object);
            taken.add(object);
        }
        assertEquals(Set.of(0, 1, 2, 3), taken);
        assertNull(pool.take());
    }

    /** Whoever finds none makes one, as a plan does with its scratch memory. */
    @Test
    void noObjectIsInTwoHands() throws InterruptedException {
        Pool<AtomicInteger> shared = new Pool<>();
        AtomicInteger twice = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 6; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 20_000; round++) {
                    AtomicInteger hands = shared.take();
                    if (hands == null) {
                        hands = new AtomicInteger();
                    }
                    if (hands.incrementAndGet() != 1) {
                        twice.incrementAndGet();
                    }
                    hands.decrementAndGet();
                    shared.give(hands);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, twice.get());
    }
}
