package dev.lanewise.core.parallel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects kept for the next call, scratch memory for one. No locks, no thread locals; what does not fit is left to the collector.
 *
 * @param <T> what is kept
 */
public final class Pool<T> {
    private static final int KEPT = 4;
    private final AtomicReferenceArray<@Nullable T> objects = new AtomicReferenceArray<>(KEPT);

    /** An empty pool. */
    public Pool() {
    }

    /** One that nobody else has, or null: then the caller makes one. */
    public @Nullable T take() {
        for (int i = 0; i < KEPT; i++) {
            T object = objects.get(i);
            if (object != null && objects.compareAndSet(i, object, null)) {
                return object;
            }
        }
        return null;
    }

    /** Keeps it, where there is room. */
    public void give(T object) {
        for (int i = 0; i < KEPT; i++) {
            if (objects.get(i) == null && objects.compareAndSet(i, null, object)) {
                return;
            }
        }
    }
}
