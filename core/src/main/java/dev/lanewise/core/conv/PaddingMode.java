package dev.lanewise.core.conv;

import java.util.Locale;

/** What the taps outside the image see. */
public enum PaddingMode {
    /** Zeros. */
    ZEROS,
    /** The image mirrored at its edge pixels, which are not repeated: {@code 2 1 | 0 1 2 | 1 0}. */
    REFLECT,
    /** The edge pixels: {@code 0 0 | 0 1 2 | 2 2}. */
    REPLICATE,
    /** The image repeated: {@code 1 2 | 0 1 2 | 0 1}. */
    CIRCULAR;

    /** PyTorch's name of the mode, {@code "zeros"} for one. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of PyTorch's name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PaddingMode parse(String label) {
        for (PaddingMode mode : values()) {
            if (mode.label().equals(label)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='"
                        + label + "'");
    }
}
