package dev.lanewise.simd.environment;

import dev.lanewise.core.platform.HotSpot;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How wide vectors are and how many registers hold them: decided once per JVM, here and nowhere else.
 *
 * <p>The width is what the JVM prefers, or what {@code -Dlanewise.vectorBits=128|256|512} says ({@link VectorWidth}). Results are the same bits at
 * every width. The species are {@code static final}, without which C2 does not compile vector code to vector instructions.
 */
public final class VectorEnvironment {
    private static final VectorShape SHAPE = VectorWidth.shape();
    /** The float32 vectors that all kernels use. */
    public static final VectorSpecies<Float> FLOAT_SPECIES = VectorSpecies.of(float.class, SHAPE);
    /** The float64 vectors that all kernels use. */
    public static final VectorSpecies<Double> DOUBLE_SPECIES = VectorSpecies.of(double.class, SHAPE);
    /** How many vector registers there are: 32 or 16. */
    public static final int REGISTERS = HotSpot.vectorRegisters();
    /** Whether the processor keeps loads in order by itself, so that a fence between them costs nothing. */
    public static final boolean ORDERS_LOADS = HotSpot.isX86();

    private VectorEnvironment() {
    }

    /** One line for a support ticket. */
    public static String describe() {
        return "simd: " + FLOAT_SPECIES.vectorBitSize() + "-bit vectors (" + FLOAT_SPECIES.length() + " float32 or "
                + DOUBLE_SPECIES.length()
                + " float64 lanes), " + REGISTERS + " vector registers, FMA in hardware";
    }
}
