package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.simd.warmup.Heat;
import java.util.HashMap;
import java.util.Map;

/**
 * The kinds of convolutions that there have been, and how hot each is. Convolutions of one kind run through the same code: algorithm, layout and shape are the
 * same, but for the batch.
 *
 * <p>There is an end to it: after some kinds, which between them have warmed up most micro-kernels, any further one is taken to be hot.
 */
final class ConvKinds {
    private static final int MOST = 128;
    private static final Map<Kind, Heat> KINDS = new HashMap<>();

    private record Kind(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
    }

    private ConvKinds() {
    }

    /** How hot the kind is. */
    static synchronized Heat heat(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
        if (algorithm == Algorithm.PLAIN) {
            return Heat.presumed();
        }
        Kind kind = new Kind(algorithm, ConvRehearsal.withBatch(shape, 1), layout);
        Heat heat = KINDS.get(kind);
        if (heat == null && KINDS.size() < MOST) {
            heat = Heat.of(() -> ConvRehearsal.of(kind.algorithm, kind.shape, kind.layout));
            KINDS.put(kind, heat);
        }
        return heat == null ? Heat.presumed() : heat;
    }
}
