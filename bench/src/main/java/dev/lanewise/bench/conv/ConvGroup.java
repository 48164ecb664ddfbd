package dev.lanewise.bench.conv;

import dev.lanewise.bench.layers.Layer;
import java.util.Locale;

/** What convolutions are averaged together. */
enum ConvGroup {
    /** One group. */
    DENSE,
    /** Several groups, depthwise among them. */
    GROUPED,
    /** So little work that the call itself counts. */
    TINY;

    private static final double TINY_FLOPS = 20_000;

    static ConvGroup of(Layer layer) {
        if (layer.shape().flops() < TINY_FLOPS) {
            return TINY;
        }
        return layer.groups() == 1 ? DENSE : GROUPED;
    }

    /** As tables and scripts name it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
