package dev.lanewise.core.random;

import dev.lanewise.core.numerics.Fma;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Positions;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Storage;
import dev.lanewise.core.tensor.Tensor;

/** Tensors filled with PyTorch's random numbers, element by element in row-major order. */
public final class RandomTensors {
    /** From this size on a contiguous tensor gets its normals in blocks of this size, by another recipe than smaller ones. */
    private static final int NORMAL_BLOCK = 16;

    private RandomTensors() {
    }

    /** {@code torch.rand}: float32, uniform on [0, 1). */
    public static Tensor rand(Generator generator, int... shape) {
        return rand(generator, DType.FLOAT32, shape);
    }

    /** {@code torch.rand} in float32 or float64. */
    public static Tensor rand(Generator generator, DType dtype, int... shape) {
        Tensor tensor = Tensor.zeros(dtype, shape);
        fillUniform(generator, tensor, 0, 1);
        return tensor;
    }

    /** {@code torch.randn}: float32, standard normal. */
    public static Tensor randn(Generator generator, int... shape) {
        return randn(generator, DType.FLOAT32, shape);
    }

    /** {@code torch.randn} in float32 or float64. */
    public static Tensor randn(Generator generator, DType dtype, int... shape) {
        Tensor tensor = Tensor.zeros(dtype, shape);
        fillNormal(generator, tensor, 0, 1);
        return tensor;
    }

    /**
     * {@code torch.randint}: int64, uniform on low (inclusive) to high (exclusive).
     *
     * @throws IllegalArgumentException if high is not above low
     */
    public static Tensor randint(Generator generator, long low, long high, int... shape) {
        if (low >= high) {
            throw new IllegalArgumentException(
                    "random_ expects 'from' to be less than 'to', but got from=" + low + " >= to=" + high);
        }
        long range = Math.subtractExact(high, low);
        long[] values = new long[Shapes.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = low + generator.nextLong(range);
        }
        return Tensor.of(values, shape);
    }

    /** {@code torch.randperm}: int64, the numbers 0 to n-1 in random order. */
    public static Tensor randperm(Generator generator, int n) {
        long[] values = new long[Shapes.numel(n)];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        for (int i = 0; i < n - 1; i++) {
            int other = i + (int) generator.nextLong(n - i);
            long value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
        return Tensor.of(values, n);
    }

    /**
     * {@code tensor.uniform_(low, high)}; the multiply-add is fused, as in PyTorch's build.
     *
     * @param tensor float32 or float64, written
     * @throws IllegalArgumentException for other types, before anything is drawn
     */
    public static void fillUniform(Generator generator, Tensor tensor, double low, double high) {
        switch (checkFloatingPoint("uniform_", tensor)) {
            case FLOAT32 -> {
                float[] values = tensor.floats();
                float from = (float) low;
                float range = (float) high - from;
                for (Positions at = tensor.positions(); at.hasNext();) {
                    values[at.next()] = Fma.fma(generator.nextFloat(), range, from);
                }
            }
            default -> {
                double[] values = tensor.doubles();
                for (Positions at = tensor.positions(); at.hasNext();) {
                    values[at.next()] = Fma.fma(generator.nextDouble(), high - low, low);
                }
            }
        }
        tensor.markModified();
    }

    /**
     * {@code tensor.normal_(mean, std)}. Float32 values of tensors of 16 and more elements may differ from PyTorch's by 2 ulp,
     * because it uses vector approximations of the elementary functions there.
     *
     * @param tensor float32 or float64, written
     * @throws IllegalArgumentException for other types, before anything is drawn
     */
    public static void fillNormal(Generator generator, Tensor tensor, double mean, double std) {
        DType dtype = checkFloatingPoint("normal_", tensor);
        if (tensor.numel() < NORMAL_BLOCK || !tensor.isContiguous()) {
            Storage storage = tensor.storage();
            for (Positions at = tensor.positions(); at.hasNext();) {
                storage.setDouble(at.next(), generator.nextNormal() * std + mean);
            }
        } else if (dtype == DType.FLOAT32) {
            fillBlocks(generator, tensor.floats(), tensor.offset(), tensor.numel(), (float) mean, (float) std);
        } else {
            fillBlocks(generator, tensor.doubles(), tensor.offset(), tensor.numel(), mean, std);
        }
        tensor.markModified();
    }

    private static DType checkFloatingPoint(String function, Tensor tensor) {
        if (!tensor.dtype().isFloatingPoint()) {
            throw new IllegalArgumentException(function + " expects a floating point tensor, but got " + tensor);
        }
        return tensor.dtype();
    }

    /** Uniforms for all, a transform of each whole block, and, where elements are left over, a fresh block that ends at the end. */
    private static void fillBlocks(Generator generator, float[] values, int offset, int numel, float mean, float std) {
        drawFloats(generator, values, offset, numel);
        int end = offset + numel;
        for (int block = offset; block + NORMAL_BLOCK <= end; block += NORMAL_BLOCK) {
            transform(values, block, mean, std);
        }
        if (numel % NORMAL_BLOCK != 0) {
            drawFloats(generator, values, end - NORMAL_BLOCK, NORMAL_BLOCK);
            transform(values, end - NORMAL_BLOCK, mean, std);
        }
    }

    private static void fillBlocks(Generator generator, double[] values, int offset, int numel, double mean,
            double std) {
        drawDoubles(generator, values, offset, numel);
        int end = offset + numel;
        for (int block = offset; block + NORMAL_BLOCK <= end; block += NORMAL_BLOCK) {
            transform(values, block, mean, std);
        }
        if (numel % NORMAL_BLOCK != 0) {
            drawDoubles(generator, values, end - NORMAL_BLOCK, NORMAL_BLOCK);
            transform(values, end - NORMAL_BLOCK, mean, std);
        }
    }

    private static void drawFloats(Generator generator, float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = generator.nextFloat();
        }
    }

    private static void drawDoubles(Generator generator, double[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = generator.nextDouble();
        }
    }

    /** Box and Muller on a block: element j and element j + 8 make a pair. In float32 every step is rounded to float32. */
    private static void transform(float[] values, int block, float mean, float std) {
        for (int i = block; i < block + NORMAL_BLOCK / 2; i++) {
            float logarithm = (float) Math.log(1 - values[i]);
            float radius = (float) Math.sqrt(-2 * logarithm);
            float angle = (float) (2 * Math.PI) * values[i + NORMAL_BLOCK / 2];
            values[i] = radius * (float) Math.cos(angle) * std + mean;
            values[i + NORMAL_BLOCK / 2] = radius * (float) Math.sin(angle) * std + mean;
        }
    }

    private static void transform(double[] values, int block, double mean, double std) {
        for (int i = block; i < block + NORMAL_BLOCK / 2; i++) {
            double radius = Math.sqrt(-2 * Math.log(1 - values[i]));
            double angle = 2 * Math.PI * values[i + NORMAL_BLOCK / 2];
            values[i] = radius * Math.cos(angle) * std + mean;
            values[i + NORMAL_BLOCK / 2] = radius * Math.sin(angle) * std + mean;
        }
    }
}
