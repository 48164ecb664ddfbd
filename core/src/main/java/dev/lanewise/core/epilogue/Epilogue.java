package dev.lanewise.core.epilogue;

/**
 * A step that a convolution or matrix product applies to each finished output element, in the order listed, each step rounded on its own: the bits are those of
 * the same steps taken afterwards. (oneDNN's word is post-op.) For float32 and float64.
 */
public sealed interface Epilogue {
    /** {@code max(v, +0)}; NaN stays NaN. */
    record Relu() implements Epilogue {
    }

    /**
     * {@code min(max(v, low), high)}; NaN stays NaN. The bounds are rounded to the output's type.
     *
     * @param low the least value
     * @param high the greatest value
     */
    record Clamp(double low, double high) implements Epilogue {
        /**
         * Checks the bounds.
         *
         * @throws IllegalArgumentException if low is above high, or one is NaN
         */
        public Clamp {
            if (!(low <= high)) {
                throw new IllegalArgumentException(
                        "expected clamp bounds low <= high, but got low=" + low + ", high=" + high);
            }
        }
    }

    /** {@code (v * min(max(v + 3, 0), 6)) / 6}, three roundings. */
    record HardSwish() implements Epilogue {
    }

    /** {@code v + r}, with the element r of a residual tensor that each run is given. */
    record AddResidual() implements Epilogue {
    }

    /** {@link Relu}. */
    static Epilogue relu() {
        return new Relu();
    }

    /** {@link Clamp} to 0 and 6. */
    static Epilogue relu6() {
        return new Clamp(0, 6);
    }

    /** {@link Clamp}. */
    static Epilogue clamp(double low, double high) {
        return new Clamp(low, high);
    }

    /** {@link HardSwish}. */
    static Epilogue hardSwish() {
        return new HardSwish();
    }

    /** {@link AddResidual}. */
    static Epilogue addResidual() {
        return new AddResidual();
    }
}
