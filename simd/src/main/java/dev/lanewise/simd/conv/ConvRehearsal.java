package dev.lanewise.simd.conv;

import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.ImageLayout;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.simd.warmup.Rehearsal;
import java.util.ArrayList;
import java.util.List;

/** One image through an algorithm, with zeros for weights. All channels, or all pixels, of an image lie in one place, so it takes little memory. */
final class ConvRehearsal implements Rehearsal {
    /** Enough for C2 to see a loop over taps after its least number of calls (600), and too few for it to compile the loop alone before (on-stack replacement). */
    private static final int FEW = 25;

    /** Elements before and behind the image that vectors may read where they stand: more than vectors at its edges mostly reach. */
    private static final int MARGIN = 4096;

    private final ConvRun vector;
    private final ConvRun plain;

    private ConvRehearsal(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
        this(algorithm, shape, layout, 0);
    }

    private ConvRehearsal(Algorithm algorithm, Conv2dShape shape, ImageLayout layout, int margin) {
        Tensor weight = Tensor.zeros(shape.dtype(), shape.outputChannels(), shape.groupInputChannels(),
                shape.rows().kernel(), shape.columns().kernel());
        vector = bound(algorithm, shape, layout, weight, margin);
        plain = bound(Algorithm.PLAIN, shape, layout, weight, margin);
    }

    /**
     * What makes a kind of convolution hot. First with few input channels and rows, because a micro-kernel is compiled after so many calls, however short they
     * are; then, where it is there, the code for a second block of taps; at last the shape itself, which has all its edges. A depthwise plane that begins and
     * ends its array is copied before it is read, and most planes of an image are not: without a rehearsal of each, the kernel is compiled for copies only, and
     * the first call pays for it with up to 2.5 s of interpreted vectors.
     */
    static List<Rehearsal> of(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
        List<Rehearsal> rehearsals = new ArrayList<>();
        int kernel = shape.rows().kernel() * shape.columns().kernel();
        if (shape.taps() > FEW) {
            rehearsals.add(new ConvRehearsal(algorithm, small(shape, Math.ceilDiv(FEW, kernel)), layout));
        }
        if (shape.taps() > NumericsContract.KC) {
            int channels = Math.min(Math.ceilDiv(NumericsContract.KC + FEW, kernel), shape.groupInputChannels());
            rehearsals.add(new ConvRehearsal(algorithm, small(shape, channels), layout));
        }
        rehearsals.add(new ConvRehearsal(algorithm, withBatch(shape, 1), layout));
        if (algorithm == Algorithm.DEPTHWISE && layout == ImageLayout.NCHW) {
            rehearsals.add(new ConvRehearsal(algorithm, withBatch(shape, 1), layout, MARGIN));
        }
        return rehearsals;
    }

    @Override
    public void vector() {
        run(vector);
    }

    @Override
    public void plain() {
        run(plain);
    }

    private static void run(ConvRun run) {
        for (int i = 0; i < run.tasks(); i++) {
            run.run(i, 0);
        }
    }

    private static ConvRun bound(Algorithm algorithm, Conv2dShape shape, ImageLayout layout, Tensor weight,
            int margin) {
        ConvRun run = SimdPlan.algorithm(algorithm, shape, layout, weight, null, List.of()).newRun(1);
        run.bind(dummy(shape.dtype(), layout, shape.inputChannels(), shape.rows().input(), shape.columns().input(),
                margin), null,
                dummy(shape.dtype(), layout, shape.outputChannels(), shape.rows().output(), shape.columns().output(),
                        0));
        return run;
    }

    private static Tensor dummy(DType dtype, ImageLayout layout, int channels, int rows, int columns,
            int margin) {
        if (layout == ImageLayout.NHWC) {
            return Tensor.zeros(dtype, 1, channels, 1, 1).expand(1, channels, rows, columns);
        }
        return Tensor.strided(dtype, Tensor.zeros(dtype, rows * columns + 2 * margin).storage().array(), margin,
                new int[] {1, channels, rows, columns}, new int[] {0, 0, columns, 1});
    }

    /** The same with another batch. */
    static Conv2dShape withBatch(Conv2dShape shape, int batch) {
        return new Conv2dShape(shape.dtype(), true, batch, shape.inputChannels(), shape.outputChannels(),
                shape.groups(), shape.rows(), shape.columns(), shape.paddingMode());
    }

    /** One group of one image with so many input channels, and with few rows. */
    private static Conv2dShape small(Conv2dShape shape, int channels) {
        return new Conv2dShape(shape.dtype(), true, 1, channels, shape.groupOutputChannels(), 1,
                shape.paddingMode() == PaddingMode.ZEROS ? few(shape.rows()) : shape.rows(), shape.columns(),
                shape.paddingMode());
    }

    /** As much of an axis as some output pixels need. */
    private static Conv2dAxis few(Conv2dAxis axis) {
        int cropped = Math.max(-axis.before(), 0) + Math.max(-axis.after(), 0);
        int input = Math.min(axis.input(), axis.span() + 3 * axis.stride() + cropped);
        int output = (input + axis.before() + axis.after() - axis.span()) / axis.stride() + 1;
        return new Conv2dAxis(input, axis.kernel(), axis.stride(), axis.dilation(), axis.before(), axis.after(),
                output);
    }
}
