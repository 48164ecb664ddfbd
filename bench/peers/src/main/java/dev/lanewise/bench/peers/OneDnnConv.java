package dev.lanewise.bench.peers;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.bench.peers.OneDnn.Step;
import dev.lanewise.core.conv.Conv2dAxis;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;

/** oneDNN's convolution in one of three ways. The weights are always in the layout that it wants, made ready before. */
abstract sealed class OneDnnConv implements ConvPeer {
    private final String name;
    private final String what;
    /** The layout that the primitive is asked to take and give. */
    private final memory.format_tag layout;
    /** Whether a call starts from and ends in NCHW. */
    private final boolean nchw;

    OneDnnConv(String name, String what, memory.format_tag layout, boolean nchw) {
        this.name = name;
        this.what = what;
        this.layout = layout;
        this.nchw = nchw;
    }

    /** In the layout that oneDNN likes best, with reorders from and to NCHW in each call. */
    public static final class Reordered extends OneDnnConv {
        /** For {@link java.util.ServiceLoader}. */
        public Reordered() {
            super("onednn", "its own layout, with reorders from and to NCHW in each call", memory.format_tag.any, true);
        }
    }

    /** On NCHW as it is. */
    public static final class Plain extends OneDnnConv {
        /** For {@link java.util.ServiceLoader}. */
        public Plain() {
            super("onednn-nchw", "NCHW as it is", memory.format_tag.nchw, true);
        }
    }

    /** In the layout that oneDNN likes best, x made ready before and y left in it. */
    public static final class Own extends OneDnnConv {
        /** For {@link java.util.ServiceLoader}. */
        public Own() {
            super("onednn-own", "x and y in its own layout, reorders not counted", memory.format_tag.any, false);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return OneDnn.version() + ": " + what;
    }

    @Override
    public boolean nchw() {
        return nchw;
    }

    @Override
    public Optional<String> lacks(Conv2dShape shape) {
        if (shape.dtype() != DType.FLOAT32) {
            return Optional.of("float64");
        }
        if (shape.paddingMode() != PaddingMode.ZEROS) {
            return Optional.of("padding mode " + shape.paddingMode().label());
        }
        if (NativeShapes.isCropped(shape)) {
            return Optional.of("cropping");
        }
        return Stream.of(shape.rows(), shape.columns()).anyMatch(axis -> axis.stride() > axis.padded())
                ? Optional.of("a stride beyond the image, with which 3.11 computes wrong values or ends the process")
                : Optional.empty();
    }

    @Override
    public ConvContestant prepare(ConvProblem problem, int threads) {
        return new Run(problem, new OneDnn(threads));
    }

    private final class Run implements ConvContestant {
        private final ConvProblem problem;
        private final OneDnn dnn;
        private final List<Step> timed = new ArrayList<>();
        private final List<Step> before = new ArrayList<>();
        private final List<Step> after = new ArrayList<>();
        private final memory y;
        private final String algorithm;

        Run(ConvProblem problem, OneDnn dnn) {
            this.problem = problem;
            this.dnn = dnn;
            Conv2dShape shape = problem.shape();
            long[] xShape = NativeShapes.input(shape);
            long[] yShape = NativeShapes.output(shape);
            long[] bShape = {shape.outputChannels()};
            long[] wShape = shape.groups() == 1 ? NativeShapes.weight(shape) : grouped(shape);
            memory.format_tag wPlain = shape.groups() == 1 ? memory.format_tag.oihw : memory.format_tag.goihw;
            Tensor bias = problem.bias();
            memory.desc bLayout = bias == null ? new memory.desc() : desc(bShape, memory.format_tag.a);

            convolution_forward.primitive_desc conv = new convolution_forward.primitive_desc(dnn.engine(),
                    dnnl.prop_kind.forward_inference, dnnl.algorithm.convolution_direct, desc(xShape, layout),
                    desc(wShape, memory.format_tag.any), bLayout, desc(yShape, layout),
                    NativeShapes.both(shape, Conv2dAxis::stride),
                    NativeShapes.both(shape, axis -> axis.dilation() - 1),
                    NativeShapes.both(shape, Conv2dAxis::before), NativeShapes.both(shape, Conv2dAxis::after));
            this.algorithm = conv.impl_info_str().getString();

            memory x = allocate(desc(xShape, memory.format_tag.nchw), problem.x().floats());
            memory w = allocate(desc(wShape, wPlain), problem.weight().floats());
            this.y = dnn.allocate(desc(yShape, memory.format_tag.nchw));
            memory xOwn = dnn.allocate(conv.src_desc());
            memory wOwn = dnn.allocate(conv.weights_desc());
            memory yOwn = dnn.allocate(conv.dst_desc());

            dnn.run(reorder(w, wOwn));
            (nchw && layout == memory.format_tag.any ? timed : before).add(reorder(x, xOwn));
            timed.add(bias == null
                    ? dnn.step(new convolution_forward(conv),
                            new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST}, xOwn, wOwn, yOwn)
                    : dnn.step(new convolution_forward(conv),
                            new int[] {dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_BIAS,
                                dnnl.DNNL_ARG_DST},
                            xOwn, wOwn, allocate(bLayout, bias.floats()), yOwn));
            (nchw && layout == memory.format_tag.any ? timed : after).add(reorder(yOwn, y));
            before.forEach(dnn::run);
        }

        private memory allocate(memory.desc layout, float[] values) {
            memory filled = dnn.allocate(layout);
            OneDnn.write(filled, values);
            return filled;
        }

        private Step reorder(memory from, memory to) {
            return dnn.step(new reorder(from, to), new int[] {dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO}, from, to);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String algorithm() {
            return algorithm;
        }

        @Override
        public double flops() {
            return problem.shape().flops();
        }

        @Override
        public void call() {
            for (int i = 0; i < timed.size(); i++) {
                dnn.run(timed.get(i));
            }
        }

        @Override
        public Tensor output() {
            after.forEach(dnn::run);
            return Tensor.of(OneDnn.read(y, problem.outputs()), problem.shape().outputShape());
        }

        @Override
        public void close() {
            timed.forEach(Step::close);
            before.forEach(Step::close);
            after.forEach(Step::close);
        }
    }

    private static memory.desc desc(long[] shape, memory.format_tag layout) {
        return new memory.desc(shape, memory.data_type.f32, layout);
    }

    /** The weight's shape with an axis for the groups. */
    private static long[] grouped(Conv2dShape shape) {
        return new long[] {shape.groups(), shape.groupOutputChannels(), shape.groupInputChannels(),
            shape.rows().kernel(), shape.columns().kernel()};
    }
}
