package dev.lanewise.simd.environment;

import jdk.incubator.vector.VectorShape;
import org.jspecify.annotations.Nullable;

/**
 * The width of all vectors: what the JVM prefers, or what {@code -Dlanewise.vectorBits=128|256|512} says.
 *
 * <p>Apart from {@link VectorEnvironment}, so that a width that is not to be had is the same plain error each time it is asked for; out of a
 * class initializer it would come wrapped, and but once.
 */
public final class VectorWidth {
    /** The property that forces a width, in bits. */
    public static final String PROPERTY = "lanewise.vectorBits";
    /** The widest that the kernels are written for, in bits. */
    private static final int MOST = 512;

    private VectorWidth() {
    }

    /**
     * The shape of all vectors.
     *
     * @throws IllegalStateException if the property asks for what is not to be had
     */
    public static VectorShape shape() {
        int available = VectorShape.preferredShape().vectorBitSize(); // of every type; loads no vectors
        return VectorShape.forBitSize(bits(System.getProperty(PROPERTY), available));
    }

    /** The bits that are asked for, or those that are there. */
    static int bits(@Nullable String forced, int available) {
        if (forced == null) {
            return Math.min(available, MOST);
        }
        int bits = switch (forced) {
            case "128", "256", "512" -> Integer.parseInt(forced);
            default -> throw new IllegalStateException("-D" + PROPERTY + "=" + forced + ": expected 128, 256 or 512");
        };
        if (bits > available) {
            throw new IllegalStateException(
                    "-D" + PROPERTY + "=" + bits + ": this JVM's vectors have " + available + " bits");
        }
        return bits;
    }
}
