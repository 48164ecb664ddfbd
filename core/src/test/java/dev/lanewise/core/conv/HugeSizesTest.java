package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.core.gemm.Gemm;
import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.ops.Tensors;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.random.RandomTensors;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Sizes near and beyond 2^31 are refused at every door, before anything of their size is allocated. */
class HugeSizesTest {
    private static final int HALF = 65536;
    private static final int MOST = Integer.MAX_VALUE;
    /** What a refusal may allocate: the exception, its text, and classes that are loaded on the way. */
    private static final long BYTES = 4_000_000;

    @TestFactory
    Stream<DynamicTest> doors() {
        Generator generator = new Generator(0);
        Tensor one = Tensor.zeros(DType.FLOAT32, 1);
        float[] few = new float[16];
        Map<String, Executable> doors = new TreeMap<>();
        doors.put("zeros", () -> Tensor.zeros(DType.FLOAT32, HALF, HALF));
        doors.put("zeros of int8", () -> Tensor.zeros(DType.INT8, MOST, 2));
        doors.put("an array", () -> Tensor.of(few, HALF, HALF));
        doors.put("an array, modulo 2^32 right", () -> Tensor.of(few, HALF, HALF, 1, 16));
        doors.put("strides", () -> Tensor.strided(DType.FLOAT32, few, 0, new int[] {2, 2}, new int[] {MOST, MOST}));
        doors.put("offset", () -> Tensor.strided(DType.FLOAT32, few, MOST, new int[] {2}, new int[] {1}));
        doors.put("negative strides", () -> Tensor.strided(DType.FLOAT32, few, 15, new int[] {2}, new int[] {-1}));
        doors.put("negative sizes", () -> Tensor.zeros(DType.FLOAT32, -HALF, -HALF));
        doors.put("expand", () -> one.expand(HALF, HALF));
        doors.put("view", () -> one.view(HALF, HALF));
        doors.put("ones", () -> Tensors.ones(HALF, HALF));
        doors.put("full", () -> Tensors.full(DType.FLOAT64, 1, HALF, HALF));
        doors.put("arange", () -> Tensors.arange(1L << 40));
        doors.put("arange of doubles", () -> Tensors.arange(DType.FLOAT64, 0, 1e12, 1));
        doors.put("rand", () -> RandomTensors.rand(generator, HALF, HALF));
        doors.put("randn", () -> RandomTensors.randn(generator, HALF, HALF));
        doors.put("randint", () -> RandomTensors.randint(generator, 0, 9, HALF, HALF));
        doors.put("conv2d's output", () -> apply(one.expand(1, 1, 1, 1), one.expand(1, 1, 1, 1),
                Conv2dSpec.DEFAULT.withPadding(HALF / 2)));
        doors.put("conv2d's output channels", () -> apply(one.expand(1, 1, 1, HALF), one.expand(HALF, 1, 1, 1),
                Conv2dSpec.DEFAULT));
        doors.put("conv2d's padded axis", () -> apply(one.expand(1, 1, 1, 1), one.expand(1, 1, 1, 1),
                Conv2dSpec.DEFAULT.withPadding(MOST)));
        doors.put("conv2d's four sides", () -> apply(one.expand(1, 1, 1, 1), one.expand(1, 1, 1, 1),
                Conv2dSpec.DEFAULT.withPadding(Padding.sides(MOST, MOST, MOST, MOST))));
        doors.put("conv2d's dilation", () -> apply(one.expand(1, 1, 3, 3), one.expand(1, 1, 3, 3),
                Conv2dSpec.DEFAULT.withDilation(MOST)));
        doors.put("conv2d's dilation with same padding", () -> apply(one.expand(1, 1, 3, 3), one.expand(1, 1, 3, 3),
                Conv2dSpec.DEFAULT.withDilation(MOST).withPadding(Padding.SAME)));
        doors.put("conv2d's groups", () -> apply(one.expand(1, 2, 3, 3), one.expand(2, HALF, 1, 1),
                Conv2dSpec.DEFAULT.withGroups(HALF)));
        doors.put("the layer's weight", () -> Conv2d.builder(HALF, HALF, 1).build(generator));
        doors.put("the layer's kernel", () -> Conv2d.builder(1, 1, HALF, HALF).build(generator));
        doors.put("convolve2d", () -> Convolve2d.convolve2d(one.expand(HALF, HALF / 2 - 1),
                one.expand(HALF, HALF / 2 - 1)));
        doors.put("sgemm", () -> Gemm.sgemm(false, false, HALF, HALF, HALF, 1, few, 0, HALF, few, 0, HALF, 0,
                new float[1], 0, HALF));
        doors.put("matmul", () -> Gemm.matmul(one.expand(HALF, 1), one.expand(1, HALF)));
        doors.put("an .npy header", () -> Npy.read(npy("(65536, 65536)")));
        doors.put("an .npy header that is small modulo 2^32", () -> Npy.read(npy("(65536, 65536, 0x1)")));
        doors.put("an .npy header beyond long", () -> Npy.read(npy("(99999999999999999999,)")));
        return doors.entrySet().stream()
                .map(door -> DynamicTest.dynamicTest(door.getKey(), () -> assertRefused(door.getValue())));
    }

    private static void apply(Tensor x, Tensor weight, Conv2dSpec spec) {
        dev.lanewise.core.conv.Conv2d.apply(x, weight, null, spec);
    }

    private static ByteArrayInputStream npy(String shape) throws IOException {
        byte[] header = ("{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
        file.write(header);
        file.write(new byte[16]);
        return new ByteArrayInputStream(file.toByteArray());
    }

    private static void assertRefused(Executable door) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, door);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
        assertTrue(bytes < BYTES, bytes + " bytes allocated on the way to: " + e.getMessage());
    }

    // ---- sizes at random ----

    @Provide
    Arbitrary<List<Integer>> sizes() {
        Arbitrary<Integer> size = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(1, 9)),
                Tuple.of(1, Arbitraries.of(0, 255, 46340, 46341, 65535, 65536, 1 << 30, MOST - 1, MOST)),
                Tuple.of(1, Arbitraries.integers().between(1, MOST)));
        return size.list().ofSize(7);
    }

    @Provide
    Arbitrary<List<Integer>> arguments() {
        Arbitrary<Integer> argument = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.integers().between(0, 4)),
                Tuple.of(1, Arbitraries.of(-1, 46341, 65536, 1 << 30, MOST, Integer.MIN_VALUE)),
                Tuple.of(1, Arbitraries.integers()));
        return Combinators.combine(argument.list().ofSize(8), Arbitraries.of(1, 1, 1, 2, HALF))
                .as((list, groups) -> Stream
                        .concat(list.stream(), Stream.of(groups)).toList());
    }

    /** Whatever the sizes are: the output's are those of exact arithmetic, or the convolution is refused. */
    @Property
    void sizesAreExactOrRefused(@ForAll("sizes") List<Integer> sizes, @ForAll("arguments") List<Integer> arguments,
            @ForAll PaddingMode mode) {
        int groups = arguments.get(8);
        int[] x = {sizes.get(0), sizes.get(1), sizes.get(2), sizes.get(3)};
        Conv2dSpec spec = new Conv2dSpec(arguments.subList(0, 2),
                Padding.sides(arguments.get(2), arguments.get(3), arguments.get(4), arguments.get(5)), mode,
                arguments.subList(6, 8), groups);
        Conv2dShape shape;
        try {
            Tensor weight = Tensor.zeros(DType.FLOAT32, 1).expand(sizes.get(4), sizes.get(1) / groups, sizes.get(5),
                    sizes.get(6));
            shape = Conv2dShape.of(DType.FLOAT32, x, weight, null, spec);
        } catch (IllegalArgumentException e) {
            return; // in words; nothing else may come
        }
        assertEquals(exact(x[2], arguments.get(2), arguments.get(4), arguments.get(6), sizes.get(5), arguments.get(0)),
                BigInteger.valueOf(shape.rows().output()));
        assertEquals(exact(x[3], arguments.get(3), arguments.get(5), arguments.get(7), sizes.get(6), arguments.get(1)),
                BigInteger.valueOf(shape.columns().output()));
        long elements = 1;
        for (int size : shape.outputShape()) {
            elements = size == 0 ? 0 : Math.multiplyExact(elements, size);
        }
        assertTrue(elements <= MOST);
    }

    private static BigInteger exact(long size, long before, long after, long dilation, long kernel, long stride) {
        BigInteger span = BigInteger.valueOf(dilation).multiply(BigInteger.valueOf(kernel - 1));
        return BigInteger.valueOf(size).add(BigInteger.valueOf(before)).add(BigInteger.valueOf(after)).subtract(span)
                .subtract(BigInteger.ONE).divide(BigInteger.valueOf(stride)).add(BigInteger.ONE);
    }
}
