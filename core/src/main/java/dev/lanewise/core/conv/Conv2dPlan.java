package dev.lanewise.core.conv;

import dev.lanewise.core.epilogue.Epilogue;
import dev.lanewise.core.tensor.Tensor;

/**
 * A convolution made ready: sizes checked, algorithm chosen, weights and bias copied in the layout it wants.
 *
 * <p>Immutable; many threads may run one plan at the same time.
 */
public interface Conv2dPlan {
    /** The sizes it was made for. */
    Conv2dShape shape();

    /** The algorithm's name. */
    String algorithm();

    /** One line: what was chosen, and why. */
    String describe();

    /** The most scratch memory that one run uses beside x, y and the packed weights, in bytes. */
    long scratchBytes();

    /**
     * Computes {@code y = conv2d(x, weight) + bias}, followed by the epilogues.
     *
     * @param x [N, Cin, H, W] of any strides
     * @param y [N, Cout, P, Q] of any strides that let each element have a place of its own; written whole
     * @throws IllegalArgumentException if a type or shape is not the plan's, or x and y overlap; y is untouched then
     */
    void run(Tensor x, Tensor y);

    /**
     * {@link #run(Tensor, Tensor)} for a plan with {@link Epilogue.AddResidual}.
     *
     * @param x [N, Cin, H, W] of any strides
     * @param residual [N, Cout, P, Q] of any strides
     * @param y [N, Cout, P, Q] of any strides that let each element have a place of its own; written whole
     * @throws IllegalArgumentException if a type or shape is not the plan's, y overlaps x or the residual, or the plan adds none; y is
     *     untouched then
     */
    default void run(Tensor x, Tensor residual, Tensor y) {
        throw new IllegalArgumentException("this plan adds no residual, but got one: " + residual);
    }
}
