package dev.lanewise.bench.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** A parser may allocate in proportion to what it is given, and not to what that claims to be. */
final class AllocationBound {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** A number's text is two bytes at least; as an object in a growing list, with a share in a message, it is some hundred. */
    private static final long PER_BYTE = 256;
    /** The first run loads classes, and the second may be the first to reach others. */
    private static final int RUNS = 3;

    private AllocationBound() {
    }

    /**
     * Runs something that parses so many bytes, and fails if it allocates too much each time.
     *
     * @param fixed what it may allocate for no input at all, in bytes
     */
    static void check(long fixed, int bytes, Runnable parser) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS && least > fixed + PER_BYTE * bytes; run++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            parser.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        if (least > fixed + PER_BYTE * bytes) {
            throw new AssertionError(least + " bytes were allocated for an input of " + bytes + " bytes");
        }
    }
}
