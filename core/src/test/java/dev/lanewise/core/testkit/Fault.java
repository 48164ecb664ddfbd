package dev.lanewise.core.testkit;

/** Mistakes that {@link PlainProvider} makes on demand. Whoever adds a property sees with them whether the kit still finds what it has to. */
public enum Fault {
    /** Kernel columns before kernel rows. */
    TAPS_IN_ANOTHER_ORDER,
    /** All taps in one fold. */
    ONE_LONG_FOLD,
    /** Two roundings a tap. */
    MULTIPLY_THEN_ADD,
    /** The bias is not added. */
    BIAS_LOST,
    /** The bias is added to the sum instead of the sums to the bias. */
    BIAS_ADDED_LAST,
    /** The stride of the rows is used for the columns and the other way round. */
    STRIDES_SWAPPED,
    /** The dilation of the rows is used for both axes. */
    DILATION_OF_ROWS,
    /** The padding of the top is used at the left. */
    PADDING_OF_TOP,
    /** The last output column is left out. */
    LAST_COLUMN_MISSING,
    /** The last pixel of a plane is left out, unless the plane is made of whole tiles. */
    LAST_TILE_SHORT,
    /** Padded zeros are read as the image's edge. */
    PADDING_REPLICATED,
    /** Padded zeros take no part, even where the weight is not finite. */
    PADDING_SKIPPED,
    /** Padded zeros take no part where all weights are finite, even if that leaves a -0 on a bias of -0. */
    PADDING_SKIPPED_ON_NEGATIVE_ZERO,
    /** The last group is left out. */
    LAST_GROUP_MISSING,
    /** Output channels are dealt to the groups in turn instead of in runs. */
    GROUPS_INTERLEAVED,
    /** All images of a batch are read as the first. */
    FIRST_IMAGE_ONLY,
    /** Subnormal results become zero. */
    SUBNORMALS_FLUSHED,
    /** Subnormal weights become zero, asked or not. */
    SUBNORMAL_WEIGHTS_FLUSHED,
    /** Subnormal weights stay, also where they are to become zero. */
    SUBNORMAL_WEIGHTS_KEPT,
    /** x is read as if it were contiguous. */
    STRIDES_OF_X_IGNORED,
    /** One element more is written behind y's last. */
    WRITES_BEHIND_Y,
    /** x is clamped in place. */
    WRITES_TO_X,
    /** The weight is read when the plan runs. */
    WEIGHT_NOT_COPIED,
    /** The result is added to what y holds. */
    ADDS_TO_Y,
    /** With more than one thread the last row is computed twice, and added. */
    THREADS_ADD_UP,
    /** A plan gives the result of its first run again. */
    FIRST_RUN_REPEATED,
    /** Runs of one plan share their scratch memory. */
    SCRATCH_SHARED,
    /** Tensors are not checked before a run. */
    UNCHECKED_RUN,
    /** A plan has the name of an algorithm that is not on the list. */
    MISLABELLED,
    /** A plan for another size with the weights of one has forgotten the bias. */
    BIAS_LOST_IN_REPLANNING,
    /** Every algorithm's name is taken. */
    ANY_ALGORITHM
}
