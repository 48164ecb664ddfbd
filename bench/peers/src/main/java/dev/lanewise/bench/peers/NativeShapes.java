package dev.lanewise.bench.peers;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** A convolution's sizes as native libraries want them: in {@code long}, with a batch axis. */
final class NativeShapes {
    private NativeShapes() {
    }

    /** [N, Cin, H, W]. */
    static long[] input(Conv2dShape shape) {
        return new long[] {shape.batch(), shape.inputChannels(), shape.rows().input(), shape.columns().input()};
    }

    /** [N, Cout, P, Q]. */
    static long[] output(Conv2dShape shape) {
        return new long[] {shape.batch(), shape.outputChannels(), shape.rows().output(), shape.columns().output()};
    }

    /** [Cout, Cin/groups, R, S]. */
    static long[] weight(Conv2dShape shape) {
        return new long[] {shape.outputChannels(), shape.groupInputChannels(), shape.rows().kernel(),
            shape.columns().kernel()};
    }

    /** Whether the padding takes something away. */
    static boolean isCropped(Conv2dShape shape) {
        return Stream.of(shape.rows(), shape.columns()).anyMatch(axis -> axis.before() < 0 || axis.after() < 0);
    }

    /** Whether both sides of each axis are padded alike, or not at all. */
    static boolean isSymmetric(Conv2dShape shape) {
        return Stream.of(shape.rows(), shape.columns()).allMatch(axis -> axis.before() == axis.after());
    }

    /** The values of rows and of columns. */
    static long[] both(Conv2dShape shape, ToIntFunction<Conv2dAxis> value) {
        return new long[] {value.applyAsInt(shape.rows()), value.applyAsInt(shape.columns())};
    }
}
