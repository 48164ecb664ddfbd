package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dSpec;
import dev.lanewise.core.conv.Padding;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random convolutions, all of them valid.
 *
 * <p>Most are tiny, so that a try costs less than a millisecond. Sizes crowd around the places where implementations change their way:
 * one channel, multiples of usual vector lengths and tiles and their neighbours, tap counts around the folding blocks' borders.
 * A failing case shrinks towards no batch axis, one channel, one pixel, plain arguments, plain layouts and zeros.
 */
public final class Conv2dCases {
    /** What drawing, copying and comparing one element costs, in multiply-adds. */
    private static final int ELEMENT = 16;
    /** The batch that says that x has no batch axis. */
    private static final int UNBATCHED = -1;

    /** The largest dilation that moves taps. */
    private static final int MOST_DILATION = 6;

    private Conv2dCases() {
    }

    /** Cases of any kind in one of these types, most of them tiny. */
    public static Arbitrary<Conv2dCase> of(DType... dtypes) {
        Arbitrary<Integer> batch = ints("-1:5 1:10 2:6 3:3 5:1 0:1");
        Arbitrary<Integer> groups = ints("1:24 2:5 3:3 4:2 5:1 8:2 9:1 16:1 17:1 32:2 33:1 64:1");
        Arbitrary<Integer> in = ints("1:10 2:4 3:5 4:4 5:2 7:2 8:3 9:2 15:1 16:1 17:1 31:1 32:1 33:1 64:1 65:1 0:1");
        Arbitrary<Integer> out = ints(
                "1:8 2:4 3:4 4:3 5:2 6:2 7:2 8:3 9:2 12:1 13:1 15:1 16:2 17:1 27:1 28:1 29:1 31:1 32:2 "
                        + "33:2 47:1 48:1 49:1 63:1 64:1 65:1 97:1");
        Arbitrary<Integer> taps = ints("0:50 255:1 256:2 257:2 511:1 512:1 513:1 768:1 1025:1");
        Arbitrary<Integer> image = ints(
                "1:2 2:2 3:4 4:4 5:5 6:4 7:6 8:6 9:4 10:3 12:2 13:2 14:3 15:3 16:3 17:3 20:1 27:1 28:2 "
                        + "29:1 30:1 31:1 32:2 33:2 34:1 56:1 57:1 65:1 112:1 115:1");
        Arbitrary<Integer> kernel = ints("1:8 2:4 3:12 4:2 5:4 6:1 7:2 11:1");
        Arbitrary<Integer> budget = ints("20000:4 200000:3 4000000:3");
        return cases(Combinators.combine(batch, groups, in, out, taps).as(Channels::new), axis(image, kernel),
                booleans(), budget, dtypes);
    }

    /**
     * Cases that fill several register tiles and cache blocks at once: many taps, many output channels and many pixels. Some 10 ms each
     * with the reference.
     */
    public static Arbitrary<Conv2dCase> large(DType... dtypes) {
        Arbitrary<Integer> batch = ints("-1:2 1:4 2:2");
        Arbitrary<Integer> groups = ints("1:8 2:2 3:1");
        Arbitrary<Integer> in = ints("8:1 16:1 24:1 31:1 32:1 33:1 64:1 65:1");
        Arbitrary<Integer> out = ints(
                "8:1 12:1 16:1 17:1 27:1 28:1 29:1 31:1 32:2 33:2 47:1 48:1 49:1 63:1 64:2 65:2 96:1 "
                        + "97:1 129:1");
        Arbitrary<Integer> taps = ints("0:8 255:1 256:1 257:2 512:1 513:2 768:1 769:1 1025:1 1300:1");
        Arbitrary<Integer> image = ints(
                "7:3 8:2 9:1 13:1 14:2 15:1 16:1 17:1 27:1 28:2 29:1 31:1 32:1 33:1 56:1 57:1 112:1 "
                        + "115:1");
        Arbitrary<Integer> kernel = ints("1:4 2:1 3:8 4:1 5:2 7:1");
        return cases(Combinators.combine(batch, groups, in, out, taps).as(Channels::new), axis(image, kernel),
                booleans(), ints("12000000:1"), dtypes);
    }

    /**
     * Cases in which each output channel sees one input channel, mostly with the kernels, strides and dilations that depthwise layers
     * have; small and large ones.
     */
    public static Arbitrary<Conv2dCase> depthwise(DType... dtypes) {
        Arbitrary<Integer> batch = ints("-1:5 1:10 2:6 3:3 0:1");
        Arbitrary<Integer> groups = ints("1:4 2:4 3:4 7:2 8:2 16:2 17:1 33:1 64:1 96:1");
        Arbitrary<Integer> multiplier = ints("1:12 2:3 3:1 5:1");
        Arbitrary<Integer> image = ints(
                "1:1 2:1 3:2 4:2 5:3 6:3 7:6 8:4 9:3 13:2 14:4 15:2 16:2 17:2 27:1 28:3 29:1 31:1 32:2 "
                        + "33:2 34:2 56:2 57:1 63:1 64:1 65:1 112:1 115:1");
        Arbitrary<Integer> kernel = ints("3:12 5:6 7:3 1:1 2:1 4:1");
        Arbitrary<Integer> budget = ints("20000:4 200000:3 4000000:3");
        return cases(Combinators.combine(batch, groups, ints("1:1"), multiplier, ints("0:1")).as(Channels::new),
                axis(image, kernel), Arbitraries.frequency(Tuple.of(1, false), Tuple.of(9, true)), budget, dtypes);
    }

    /** Cases with one tap per channel and no padding, at any stride; small and large ones. */
    public static Arbitrary<Conv2dCase> pointwise(DType... dtypes) {
        Arbitrary<Integer> image = ints(
                "1:4 2:2 3:3 4:3 5:3 6:3 7:6 8:4 9:3 13:2 14:4 15:2 16:2 17:2 27:1 28:3 29:1 31:1 33:1 56:1");
        return of(dtypes).flatMap(c -> Combinators.combine(image, image, ints("1:12 2:6 3:2")).as(
                (height, width, stride) -> pointwise(c, height, width, stride)));
    }

    /** The same, several register tiles and cache blocks large. */
    public static Arbitrary<Conv2dCase> largePointwise(DType... dtypes) {
        Arbitrary<Integer> image = ints("7:4 9:1 14:4 15:1 17:2 28:4 29:1 33:1 56:1");
        return large(dtypes).flatMap(c -> Combinators.combine(image, image, ints("1:4 2:2")).as(
                (height, width, stride) -> pointwise(c, height, width, stride)));
    }

    /** The case with a kernel of one tap: its channels, of which there may be as many as it had taps. */
    private static Conv2dCase pointwise(Conv2dCase c, int height, int width, int stride) {
        int groups = c.spec().groups();
        int in = groups <= 4 ? Math.min(c.shape().taps(), 1300) : c.shape().groupInputChannels();
        List<Integer> x = new ArrayList<>(c.xShape());
        int axes = x.size();
        x.set(axes - 3, in * groups);
        x.set(axes - 2, height);
        x.set(axes - 1, width);
        return c.withSpec(Conv2dSpec.DEFAULT.withStride(stride).withGroups(groups))
                .withShapes(x, List.of(c.weightShape().get(0), in, 1, 1));
    }

    private static Arbitrary<Conv2dCase> cases(Arbitrary<Channels> channels, Arbitrary<Axis> axis,
            Arbitrary<Boolean> square, Arbitrary<Integer> budget, DType... dtypes) {
        return Combinators.combine(channels, axis, axis, square, form(), mode(), budget, data(dtypes))
                .as(Draft::new).map(Draft::fitted);
    }

    // ---- what the distributions have in common; a failing case shrinks towards the first value ----

    private static Arbitrary<Axis> axis(Arbitrary<Integer> image, Arbitrary<Integer> kernel) {
        Arbitrary<Integer> stride = ints("1:56 2:24 3:8 4:4 7:4 65536:1 2147483647:1");
        Arbitrary<Integer> dilation = ints("1:32 2:8 3:4 6:2 65536:1");
        Arbitrary<Integer> pad = ints("0:10 1:8 2:4 3:2 4:1 8:1 -1:2 -2:1 -4:1");
        return Combinators.combine(image, kernel, stride, dilation, pad, pad).as(Axis::of);
    }

    private static Arbitrary<Form> form() {
        return Arbitraries.frequency(Tuple.of(3, Form.NONE), Tuple.of(6, Form.SYMMETRIC), Tuple.of(7, Form.SIDES),
                Tuple.of(3, Form.SAME), Tuple.of(1, Form.VALID));
    }

    private static Arbitrary<PaddingMode> mode() {
        return Arbitraries.frequency(Tuple.of(6, PaddingMode.ZEROS), Tuple.of(2, PaddingMode.REPLICATE),
                Tuple.of(2, PaddingMode.REFLECT),
                Tuple.of(2, PaddingMode.CIRCULAR));
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(false, true);
    }

    private static Arbitrary<Data> data(DType... dtypes) {
        List<Layout> own = Arrays.stream(Layout.values()).filter(layout -> !layout.isExpanded()).toList();
        return Combinators.combine(Arbitraries.of(dtypes), booleans(), kinds(),
                layout(List.of(Layout.values())), layout(List.of(Layout.values())),
                layout(own), Arbitraries.integers().between(0, 999_999).withDistribution(RandomDistribution.uniform()))
                .as(Data::new);
    }

    /** Where all products vanish, what is left is the signs of zeros: only then it shows whether padded taps take part. */
    private static Arbitrary<Kinds> kinds() {
        return Arbitraries.frequencyOf(Tuple.of(11, Combinators.combine(values(), values()).as(Kinds::new)),
                Tuple.of(1, Arbitraries.just(new Kinds(Values.VANISHING, Values.VANISHING))));
    }

    private static Arbitrary<Values> values() {
        return Arbitraries.frequency(Tuple.of(1, Values.ZEROS), Tuple.of(2, Values.INTEGERS),
                Tuple.of(6, Values.NORMALS), Tuple.of(2, Values.WIDE),
                Tuple.of(2, Values.TINY), Tuple.of(3, Values.HOSTILE));
    }

    /** Half the tensors are contiguous. */
    private static Arbitrary<Layout> layout(List<Layout> layouts) {
        List<Tuple.Tuple2<Integer, Layout>> weighted = new ArrayList<>();
        for (Layout layout : layouts) {
            weighted.add(Tuple.of(layout == Layout.CONTIGUOUS ? layouts.size() - 1 : 1, layout));
        }
        return Arbitraries.frequency(weighted);
    }

    /** Numbers and how often they are drawn: {@code "number:weight number:weight ..."}. */
    private static Arbitrary<Integer> ints(String numbersAndWeights) {
        List<Tuple.Tuple2<Integer, Integer>> weighted = new ArrayList<>();
        for (String pair : numbersAndWeights.split(" ", -1)) {
            int colon = pair.indexOf(':');
            weighted.add(
                    Tuple.of(Integer.valueOf(pair.substring(colon + 1)), Integer.valueOf(pair.substring(0, colon))));
        }
        return Arbitraries.frequency(weighted);
    }

    // ---- from independent draws to a valid case ----

    private enum Form {
        NONE, SYMMETRIC, SIDES, SAME, VALID
    }

    /** @param taps at least so many taps in one output element, if not 0; {@code in} gives way then */
    private record Channels(int batch, int groups, int in, int out, int taps) {
        int size() {
            return Math.max(Math.max(batch, groups), Math.max(taps == 0 ? in : 0, out));
        }

        Channels atMost(int most) {
            return new Channels(Math.min(batch, most), Math.min(groups, most), taps == 0 ? Math.min(in, most) : in,
                    Math.min(out, most), taps);
        }

        int in(int kernelTaps) {
            return taps == 0 ? in : Math.ceilDiv(taps, kernelTaps);
        }
    }

    /** One image axis, as {@link dev.lanewise.core.conv.Conv2dAxis} has it, before it is known to be valid. */
    private record Axis(int image, int kernel, int stride, int dilation, int before, int after) {
        /** A dilation without effect may be of any size. */
        static Axis of(int image, int kernel, int stride, int dilation, int before, int after) {
            return new Axis(image, kernel, stride, kernel == 1 ? dilation : Math.min(dilation, MOST_DILATION), before,
                    after);
        }

        Axis withImage(int image) {
            return new Axis(image, kernel, stride, dilation, before, after);
        }

        Axis withPads(int before, int after) {
            return new Axis(image, kernel, stride, dilation, before, after);
        }

        Axis withStride(int stride) {
            return new Axis(image, kernel, stride, dilation, before, after);
        }

        int span() {
            return dilation * (kernel - 1) + 1;
        }

        Axis fitted(Form form, PaddingMode mode) {
            Axis axis = switch (form) {
                case NONE, VALID -> withPads(0, 0);
                case SYMMETRIC -> withPads(Math.max(before, 0), Math.max(before, 0));
                case SIDES -> this;
                case SAME ->
                    withStride(1).withPads((span() - 1) / 2, span() - 1 - (span() - 1) / 2).largeEnoughToPad(mode);
            };
            return axis.withinReach(mode, form == Form.SYMMETRIC).largeEnough();
        }

        private Axis largeEnoughToPad(PaddingMode mode) {
            return mode == PaddingMode.ZEROS ? this : withImage(Math.max(image, after + 1));
        }

        /** A mirrored or repeated image does not reach further than itself. */
        private Axis withinReach(PaddingMode mode, boolean symmetric) {
            int reach = mode == PaddingMode.REFLECT
                    ? image - 1
                    : mode == PaddingMode.CIRCULAR ? image : Integer.MAX_VALUE;
            int most = Math.min(before, reach);
            return withPads(most, symmetric ? most : Math.min(after, reach));
        }

        /** Cropping leaves a pixel, and the padded image has room for the kernel. */
        private Axis largeEnough() {
            int missing = Math.max(1 - (image + Math.min(before, 0) + Math.min(after, 0)),
                    span() - (image + before + after));
            return withImage(image + Math.max(missing, 0));
        }
    }

    private record Kinds(Values x, Values weight) {
    }

    private record Data(DType dtype, boolean biased, Kinds values, Layout xLayout,
            Layout weightLayout, Layout yLayout, int seed) {
    }

    private record Draft(Channels channels, Axis rows, Axis columns, boolean square, Form form, PaddingMode mode,
            int budget, Data data) {
        /** The draft, smaller by halves until its cost is within the budget or nothing can be halved any more. */
        Conv2dCase fitted() {
            Draft draft = this;
            Conv2dCase built = build();
            while (cost(built) > budget && draft.size() > 1) {
                draft = draft.halved();
                built = draft.build();
            }
            return built;
        }

        private int size() {
            return Math.max(channels.size(), Math.max(rows.image, columns.image));
        }

        private static long cost(Conv2dCase built) {
            return built.shape().flops() / 2 + ELEMENT * (numel(built.xShape()) + numel(built.weightShape()));
        }

        private static long numel(List<Integer> sizes) {
            return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        }

        /** No size is larger than half of what is the largest now. */
        private Draft halved() {
            int most = size() / 2;
            return new Draft(channels.atMost(most), rows.withImage(Math.min(rows.image, most)),
                    columns.withImage(Math.min(columns.image, most)), square, form, mode,
                    budget, data);
        }

        private Conv2dCase build() {
            Axis h = rows.fitted(form, mode);
            Axis w = (square ? rows.withImage(columns.image) : columns).fitted(form, mode);
            int groups = channels.groups;
            boolean emptyIsPadded = mode == PaddingMode.ZEROS || mode == PaddingMode.CIRCULAR;
            int in = Math.max(channels.in(h.kernel * w.kernel), emptyIsPadded ? 0 : 1);
            List<Integer> image = List.of(in * groups, h.image, w.image);
            List<Integer> x = channels.batch == UNBATCHED
                    ? image
                    : List.of(channels.batch, in * groups, h.image, w.image);
            Padding padding = switch (form) {
                case NONE -> Padding.NONE;
                case VALID -> Padding.VALID;
                case SAME -> Padding.SAME;
                case SYMMETRIC -> Padding.of(h.before, w.before);
                case SIDES -> Padding.sides(h.before, w.before, h.after, w.after);
            };
            Conv2dSpec spec = new Conv2dSpec(List.of(h.stride, w.stride), padding, mode,
                    List.of(h.dilation, w.dilation), groups);
            return new Conv2dCase(data.dtype, x, List.of(channels.out * groups, in, h.kernel, w.kernel), data.biased,
                    spec, data.values.x, data.values.weight,
                    data.xLayout, data.weightLayout, data.yLayout, data.seed);
        }
    }
}
