package dev.lanewise.simd.warmup;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The daemon thread that rehearses: one kind of problem after the other. It begins with the first that is asked for and ends with the last; while
 * it is there it holds no class loader but this class's own, and it never keeps the JVM from exiting.
 */
final class WarmupThread {
    /** The plain loops, which compute meanwhile, are to be compiled first; nanoseconds. */
    private static final long HEAD_START = 20_000_000;
    /** After so many nanoseconds of work the thread rests for a fifth as long: callers and the JVM's compilers want the processors too. */
    private static final long SLICE = 4_000_000;
    private static final int REST = 5;

    private static final Queue<Heat> WAITING = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private WarmupThread() {
    }

    /** Makes it hot, some time. */
    static void rehearse(Heat heat) {
        WAITING.add(heat);
        if (RUNNING.compareAndSet(false, true)) {
            start();
        }
    }

    private static void start() {
        Thread thread = Thread.ofPlatform().daemon().name("lanewise-warmup").inheritInheritableThreadLocals(false)
                .unstarted(WarmupThread::work);
        thread.setContextClassLoader(null);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no thread to be had
            RUNNING.set(false);
        }
    }

    private static void work() {
        LockSupport.parkNanos(HEAD_START);
        do {
            for (Heat heat = WAITING.poll(); heat != null; heat = WAITING.poll()) {
                work(heat);
            }
            RUNNING.set(false);
        } while (!WAITING.isEmpty() && RUNNING.compareAndSet(false, true));
    }

    private static void work(Heat heat) {
        while (!heat.isHot()) {
            long worked = 0;
            while (worked < SLICE && !heat.isHot()) {
                worked += heat.step();
            }
            LockSupport.parkNanos(worked / REST);
        }
    }
}
