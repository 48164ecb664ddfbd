package dev.lanewise.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What the golden arrays leave out. */
class RandomTensorsTest {
    @Test
    void seedsCountByTheirLow32Bits() {
        assertEquals(new Generator(5).nextBits(), new Generator((1L << 32) + 5).nextBits());
        assertEquals(new Generator(0xffffffffL).nextBits(), new Generator(-1).nextBits());
    }

    /** MT19937's own test value: the 10000th number of seed 5489 (ISO C++, [rand.predef]). */
    @Test
    void tenThousandthNumber() {
        Generator generator = new Generator(5489);
        for (int i = 1; i < 10000; i++) {
            generator.nextBits();
        }
        assertEquals(4123659995L, Integer.toUnsignedLong(generator.nextBits()));
    }

    @Test
    void seedingForgetsTheWaitingNormal() {
        Generator generator = new Generator(0);
        RandomTensors.randn(generator, 1);
        generator.manualSeed(0);
        assertArrayEquals(RandomTensors.randn(new Generator(0), 3).floats(),
                RandomTensors.randn(generator, 3).floats());
    }

    /** 64-bit ranges: two draws, the first in the high half. */
    @Test
    void largeRanges() {
        Generator bits = new Generator(3);
        long expected = Long.remainderUnsigned((long) bits.nextBits() << 32 | Integer.toUnsignedLong(bits.nextBits()),
                1L << 40);
        assertEquals(expected, RandomTensors.randint(new Generator(3), 0, 1L << 40, 1).getLong(0));
    }

    @Test
    void ranges() {
        long[] values = RandomTensors.randint(new Generator(1), -3, 4, 1000).storage().array() instanceof long[] v
                ? v
                : new long[0];
        assertEquals(1000, values.length);
        boolean[] seen = new boolean[7];
        for (long value : values) {
            seen[(int) value + 3] = true;
        }
        assertArrayEquals(new boolean[] {true, true, true, true, true, true, true}, seen);
        assertEquals("random_ expects 'from' to be less than 'to', but got from=2 >= to=2", assertThrows(
                IllegalArgumentException.class, () -> RandomTensors.randint(new Generator(1), 2, 2, 1)).getMessage());
    }

    /** Elements are drawn in row-major order of the view, whatever its strides; other elements are left alone. */
    @Test
    void viewsAreFilledInTheirOwnOrder() {
        Tensor x = Tensor.zeros(DType.FLOAT32, 2, 4);
        Tensor view = x.t().slice(0, 0, 2, 1);
        RandomTensors.fillUniform(new Generator(0), view, 0, 1);
        assertArrayEquals(new float[] {0.4962566f, 0.08847743f, 0, 0, 0.7682218f, 0.13203049f, 0, 0}, x.floats());
    }

    /** A tensor of 16 and more elements that is not contiguous takes its normals one by one, as PyTorch does. */
    @Test
    void stridedNormals() {
        Tensor x = Tensor.zeros(DType.FLOAT32, 4, 4);
        RandomTensors.fillNormal(new Generator(0), x.t(), 0, 1);
        Tensor one = RandomTensors.randn(new Generator(0), 15);
        for (int i = 0; i < 15; i++) {
            assertEquals(one.getDouble(i), x.t().getDouble(i / 4, i % 4));
        }
    }

    @Test
    void meanAndDeviation() {
        Tensor x = Tensor.zeros(DType.FLOAT64, 100_000);
        RandomTensors.fillNormal(new Generator(0), x, 5, 2);
        double sum = 0;
        double squares = 0;
        for (double v : x.doubles()) {
            sum += v;
            squares += (v - 5) * (v - 5);
        }
        assertEquals(5, sum / x.numel(), 0.03, "within 5 standard errors");
        assertEquals(4, squares / x.numel(), 0.09, "within 5 standard errors");
    }

    @Test
    void integersAreRefusedBeforeAnythingIsDrawn() {
        Generator generator = new Generator(0);
        Tensor x = Tensor.zeros(DType.INT64, 2);
        assertEquals("uniform_ expects a floating point tensor, but got int64[2]", assertThrows(
                IllegalArgumentException.class, () -> RandomTensors.fillUniform(generator, x, 0, 1)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> RandomTensors.fillNormal(generator, x, 0, 1));
        assertEquals(new Generator(0).nextBits(), generator.nextBits());
        assertTrue(x.storage().version() == 0);
    }
}
