package dev.lanewise.core.nn;

import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer in one line, as PyTorch's {@code Conv2d.__repr__} writes it: only what differs from the defaults. */
final class Conv2dDescription {
    private Conv2dDescription() {
    }

    static String of(Tensor weight, @Nullable Tensor bias, Conv2dSpec spec) {
        StringBuilder text = new StringBuilder("Conv2d(");
        if (weight.rank() == 4) {
            text.append(weight.size(1) * spec.groups()).append(", ").append(weight.size(0));
            text.append(", kernel_size=").append(pair(List.of(weight.size(2), weight.size(3))));
        } else {
            text.append("weight=").append(weight);
        }
        text.append(", stride=").append(pair(spec.stride()));
        if (!padding(spec.padding()).equals("(0, 0)")) {
            text.append(", padding=").append(padding(spec.padding()));
        }
        if (!spec.dilation().equals(List.of(1, 1))) {
            text.append(", dilation=").append(pair(spec.dilation()));
        }
        if (spec.groups() != 1) {
            text.append(", groups=").append(spec.groups());
        }
        if (bias == null) {
            text.append(", bias=False");
        }
        if (spec.paddingMode() != PaddingMode.ZEROS) {
            text.append(", padding_mode=").append(spec.paddingMode().label());
        }
        return text.append(')').toString();
    }

    private static String padding(Padding padding) {
        return switch (padding) {
            case Padding.Symmetric symmetric -> pair(symmetric.values());
            case Padding.Sides sides -> pair(List.of(sides.top(), sides.left(), sides.bottom(), sides.right()));
            case Padding.Same same -> "same";
            case Padding.Valid valid -> "valid";
        };
    }

    private static String pair(List<Integer> values) {
        String inner = values.toString();
        return "(" + inner.substring(1, inner.length() - 1) + ")";
    }
}
