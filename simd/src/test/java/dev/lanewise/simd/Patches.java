package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.KnownAnswer;

/** A convolution with zero padding as a 1x1 convolution of its patches, which has the same answer. */
final class Patches {
    private Patches() {
    }

    /** The same answer for x [N, Cin * R * S, P, Q], as {@code torch.nn.functional.unfold} lays it out, and a 1x1 kernel. */
    static KnownAnswer unfold(KnownAnswer known) {
        Conv2dShape shape = Conv2dShape.of(known.x(), known.weight(), known.bias(), known.spec());
        Tensor x = shape.batched() ? known.x() : known.x().unsqueeze(0);
        Conv2dAxis rows = shape.rows();
        Conv2dAxis columns = shape.columns();
        int taps = rows.kernel() * columns.kernel();
        Tensor patches = Tensor.zeros(x.dtype(), x.size(0), x.size(1) * taps, rows.output(), columns.output());
        for (int n = 0; n < x.size(0); n++) {
            for (int channel = 0; channel < patches.size(1); channel++) {
                int tap = channel % taps;
                for (int p = 0; p < rows.output(); p++) {
                    int h = p * rows.stride() + tap / columns.kernel() * rows.dilation() - rows.before();
                    for (int q = 0; q < columns.output(); q++) {
                        int w = q * columns.stride() + tap % columns.kernel() * columns.dilation() - columns.before();
                        if (h >= 0 && h < rows.input() && w >= 0 && w < columns.input()) {
                            patches.set(x.getDouble(n, channel / taps, h, w), n, channel, p, q);
                        }
                    }
                }
            }
        }
        return new KnownAnswer(known.name() + ", its patches", shape.batched() ? patches : patches.select(0, 0),
                known.weight().reshape(shape.outputChannels(), shape.taps(), 1, 1), known.bias(),
                Conv2dSpec.DEFAULT.withGroups(shape.groups()), known.y(), known.exact());
    }
}
