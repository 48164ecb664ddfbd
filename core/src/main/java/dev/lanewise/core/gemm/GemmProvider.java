package dev.lanewise.core.gemm;

import dev.lanewise.core.provider.Provider;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;

/**
 * Something that can multiply matrices. Found by {@link java.util.ServiceLoader}, chosen by {@link GemmProviders}.
 *
 * <p>Every provider gives the bits of {@link ReferenceGemm}; the test kit's contract suite asserts it.
 */
public interface GemmProvider extends Provider {
    /** Whether it computes in this type. */
    boolean supports(DType dtype);

    /**
     * Computes {@code C = alpha * A * B + beta * C} for each matrix of the batch.
     *
     * <p>The call has been checked: the type is supported, m, n, k and the batch are at least 1, alpha is not 0, all elements lie in their arrays, packed
     * operands were packed by this provider, and no element of C shares its place with any other. Nothing of the call is kept.
     */
    void multiply(GemmCall call);

    /**
     * Packs A.
     *
     * @param a [m, k] of any strides, copied
     */
    PackedMatrix packA(Tensor a);

    /**
     * Packs B.
     *
     * @param b [k, n] of any strides, copied
     */
    PackedMatrix packB(Tensor b);
}
