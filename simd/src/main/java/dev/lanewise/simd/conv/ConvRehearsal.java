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

/** Images through an algorithm, with zeros for weights. They take little memory: all channels, or all pixels, lie in one place, or there are few. */
final class ConvRehearsal implements Rehearsal {
    /** Enough for C2 to see a loop over taps after its least number of calls (600), and too few for it to compile the loop alone before (on-stack replacement). */
    private static final int FEW = 25;
    /** The most steps that a micro-kernel takes together. */
    private static final int TOGETHER = 8;

    /** The planes of a depthwise image. */
    private static final int PLANES = 4;
    /** Their rows beyond the span of a kernel, in strides. */
    private static final int PLANE_ROWS = 6;
    /** The elements of all images of such planes, about. */
    private static final int PLANE_ELEMENTS = 128 * 1024;

    private final ConvRun vector;
    private final ConvRun plain;

    private ConvRehearsal(Algorithm algorithm, Conv2dShape shape, ImageLayout layout, Tensor x) {
        Tensor weight = Tensor.zeros(shape.dtype(), shape.outputChannels(), shape.groupInputChannels(),
                shape.rows().kernel(), shape.columns().kernel());
        vector = bound(algorithm, shape, layout, weight, x);
        plain = bound(Algorithm.PLAIN, shape, layout, weight, x);
    }

    /** With an image whose planes, or pixels, lie in one place. */
    private static ConvRehearsal inOnePlace(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
        return new ConvRehearsal(algorithm, shape, layout, dummy(shape.dtype(), layout, 1, shape.inputChannels(),
                shape.rows().input(), shape.columns().input()));
    }

    /**
     * What makes a kind of convolution hot. First with few input channels and rows, because a micro-kernel is compiled after so many calls, however short they
     * are; then, where it is there, the code for a second block of taps; at last the shape itself, which has all its edges.
     *
     * <p>Depthwise kernels are rehearsed on planes of their own: the first and the last of an array are copied before they are read, those between them are read where they lie, several in a call.
     * C2 compiles for what it has seen, and one after the other would be too late: compiled for copies, a kernel that meets another plane is lost, and seconds of interpreted vectors follow. The
     * planes have few rows, lest C2 compile the loop over them alone before it compiles the kernel. (Hot after 0.25 to 1 s where the shape itself, once copied and once in place, took
     * 0.25 to 3.3 s: 3x3 to 7x7 undilated, AVX2.)
     */
    static List<Rehearsal> of(Algorithm algorithm, Conv2dShape shape, ImageLayout layout) {
        if (algorithm == Algorithm.DEPTHWISE && layout == ImageLayout.NCHW) {
            Conv2dShape planes = somePlanes(shape);
            return List.of(
                    new ConvRehearsal(algorithm, planes, layout, Tensor.zeros(shape.dtype(), planes.inputShape())));
        }
        List<Rehearsal> rehearsals = new ArrayList<>();
        int kernel = shape.rows().kernel() * shape.columns().kernel();
        if (shape.taps() > FEW) {
            rehearsals.add(inOnePlace(algorithm, small(shape, channels(FEW, kernel)), layout));
        }
        if (shape.taps() > NumericsContract.KC) {
            int channels = Math.min(channels(NumericsContract.KC + FEW, kernel), shape.groupInputChannels());
            rehearsals.add(inOnePlace(algorithm, small(shape, channels), layout));
        }
        rehearsals.add(inOnePlace(algorithm, withBatch(shape, 1), layout));
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

    private static ConvRun bound(Algorithm algorithm, Conv2dShape shape, ImageLayout layout, Tensor weight, Tensor x) {
        ConvRun run = SimdPlan.algorithm(algorithm, shape, layout, weight, null, List.of()).newRun(1);
        run.bind(x, null, dummy(shape.dtype(), layout, shape.batch(), shape.outputChannels(), shape.rows().output(),
                shape.columns().output()));
        return run;
    }

    /** Images whose planes, or pixels, lie in one place. */
    private static Tensor dummy(DType dtype, ImageLayout layout, int batch, int channels, int rows, int columns) {
        if (layout == ImageLayout.NHWC) {
            return Tensor.zeros(dtype, 1, channels, 1, 1).expand(batch, channels, rows, columns);
        }
        return Tensor.zeros(dtype, 1, 1, rows, columns).expand(batch, channels, rows, columns);
    }

    /** Some images of few planes, which have few rows. */
    private static Conv2dShape somePlanes(Conv2dShape shape) {
        int groups = Math.min(shape.groups(), PLANES);
        Conv2dAxis rows = rows(shape, PLANE_ROWS * shape.rows().dilation());
        long elements = Math.max((long) groups * rows.input() * shape.columns().input(), 1);
        return new Conv2dShape(shape.dtype(), true, (int) Math.max(PLANE_ELEMENTS / elements, 1), groups,
                groups * shape.groupOutputChannels(), groups, rows, shape.columns(), shape.paddingMode());
    }

    /** The same with another batch. */
    static Conv2dShape withBatch(Conv2dShape shape, int batch) {
        return new Conv2dShape(shape.dtype(), true, batch, shape.inputChannels(), shape.outputChannels(),
                shape.groups(), shape.rows(), shape.columns(), shape.paddingMode());
    }

    /**
     * Channels of so many taps or some more, of which those are left that micro-kernels take one by one: without them a kernel is compiled as if it never met any, and is lost with the first layer
     * that has some.
     */
    private static int channels(int taps, int kernel) {
        int channels = Math.ceilDiv(taps, kernel);
        return channels * kernel % TOGETHER == 0 ? channels + 1 : channels;
    }

    /** One group of one image with so many input channels, and with few rows. */
    private static Conv2dShape small(Conv2dShape shape, int channels) {
        return new Conv2dShape(shape.dtype(), true, 1, channels, shape.groupOutputChannels(), 1,
                rows(shape, 3), shape.columns(), shape.paddingMode());
    }

    /** As many rows as a kernel spans and so many strides more, unless padding depends on their number. */
    private static Conv2dAxis rows(Conv2dShape shape, int strides) {
        Conv2dAxis axis = shape.rows();
        if (shape.paddingMode() != PaddingMode.ZEROS) {
            return axis;
        }
        int cropped = Math.max(-axis.before(), 0) + Math.max(-axis.after(), 0);
        int input = Math.min(axis.input(), axis.span() + strides * axis.stride() + cropped);
        int output = (input + axis.before() + axis.after() - axis.span()) / axis.stride() + 1;
        return new Conv2dAxis(input, axis.kernel(), axis.stride(), axis.dilation(), axis.before(), axis.after(),
                output);
    }
}
