package dev.lanewise.core.numerics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.platform.HotSpot;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The float32 form for machines without FMA hardware against {@link Math#fma}, which is exact on all machines. */
class FmaTest {
    /** Without FMA hardware Math.fma takes microseconds. */
    private static final int RANDOM_TRIES = HotSpot.hasFma() ? 4_000_000 : 40_000;

    /** Where rounding turns: zeros, ones, the ends of the subnormals, of the normals and of the mantissa, infinities and NaN. */
    private static final float[] CORNERS = withNeighbours(0f, 1f, 1.5f, 2f, 3f, Float.MIN_VALUE, Float.MIN_NORMAL,
            Float.MAX_VALUE, 0x1p-75f, 0x1p-74f, 0x1p-126f,
            0x1p-63f, 0x1p-24f, 0x1p-23f, 0x1p-12f, 0x1p11f, 0x1p12f, 0x1p23f, 0x1p24f, 0x1p25f, 0x1p63f, 0x1p64f,
            0x1p103f, 0x1p104f, 0x1p126f, 0x1p127f,
            0x1.000002p12f, 0x1.fffffep63f, 0x1.ffffp-64f, Float.POSITIVE_INFINITY, Float.NaN);

    @Test
    void allTriplesOfCorners() {
        for (float a : CORNERS) {
            for (float b : CORNERS) {
                for (float c : CORNERS) {
                    check(a, b, c);
                }
            }
        }
    }

    @Test
    void anyBits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            check(Float.intBitsToFloat(random.nextInt()), Float.intBitsToFloat(random.nextInt()),
                    Float.intBitsToFloat(random.nextInt()));
        }
    }

    /** The exact sum lies on the middle between two floats, or beside it by the smallest amounts there are. */
    @Test
    void tiesAndTheirNeighbours() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            float c = scaled(random, -140, 127);
            float halfUlp = Math.ulp(c) / 2; // 0 for subnormals, whose ties come from products alone
            float b = scaled(random, -20, 20);
            float a = halfUlp / b * (random.nextInt(8) * 2 - 7);
            check(a, b, c);
            check(Math.nextUp(a), b, c);
            check(a, Math.nextDown(b), c);
            check((random.nextInt(4096) * 2 + 1) * 0x1p-12f, (random.nextInt(4096) * 2 + 1) * halfUlp * 0x1p-12f, c);
        }
    }

    /** The product and c cancel but for some last bits. */
    @Test
    void cancellation() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            float a = scaled(random, -75, 63);
            float b = scaled(random, -75, 63);
            float c = -(a * b);
            check(a, b, c);
            check(a, b, Math.nextUp(c));
            check(a, b, Math.nextDown(c));
        }
    }

    /** Results around and below the smallest normal. */
    @Test
    void subnormalResults() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            float a = scaled(random, -90, -60);
            float b = scaled(random, -90, -60);
            check(a, b, Float.intBitsToFloat(random.nextInt(1 << 25) | random.nextInt() << 31));
            check(a, b, 0);
            check(a, b, -0f);
            checkBesideTie(random.nextInt(0, 64), -75, -75,
                    Float.intBitsToFloat(random.nextInt(1 << 24) | random.nextInt() << 31));
        }
    }

    /** Results around the largest float: the exact sum rounds to it or to infinity. */
    @Test
    void theBorderOfOverflow() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < RANDOM_TRIES; i++) {
            float a = Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, 63);
            float b = (float) (0x1.ffffffp127 / a);
            float c = Math.scalb((float) random.nextDouble(-2, 2), random.nextInt(95, 106));
            check(a, b, c);
            check(a, Math.nextUp(b), c);
            check(-a, b, c);
            checkBesideTie(random.nextInt(0, 64), 51, 52, Float.MAX_VALUE);
            check(Float.MAX_VALUE, 1 + random.nextInt(3) * 0x1p-23f, -c);
            check(random.nextInt(1, 1 << 12) * 0x1p20f, random.nextInt(1, 1 << 12) * 0x1p70f, Float.MAX_VALUE);
        }
    }

    /** (1 + t) * (1 - t) = 1 - t*t: half of c's last place but for a part that a double of c's size cannot hold. */
    private static void checkBesideTie(int t, int exponentA, int exponentB, float c) {
        float a = Math.scalb(1 + t * 0x1p-23f, exponentA);
        float b = Math.scalb(1 - t * 0x1p-23f, exponentB);
        check(a, b, c);
        check(-a, b, c);
        check(a, b, -c);
        check(a, Math.scalb(b, 1), c);
    }

    private static float scaled(SplittableRandom random, int minExponent, int maxExponent) {
        float mantissa = 1 + random.nextInt(1 << 23) * 0x1p-23f;
        return Math.scalb(random.nextBoolean() ? mantissa : -mantissa, random.nextInt(minExponent, maxExponent + 1));
    }

    private static void check(float a, float b, float c) {
        int expected = Float.floatToIntBits(Math.fma(a, b, c));
        int actual = Float.floatToIntBits(Fma.withoutHardware(a, b, c));
        if (expected != actual) {
            assertEquals(Float.toHexString(Float.intBitsToFloat(expected)),
                    Float.toHexString(Float.intBitsToFloat(actual)),
                    () -> Float.toHexString(a) + " * " + Float.toHexString(b) + " + " + Float.toHexString(c));
        }
    }

    private static float[] withNeighbours(float... values) {
        float[] all = new float[values.length * 6];
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            float[] group = {value, -value, Math.nextUp(value), -Math.nextUp(value), Math.nextDown(value),
                -Math.nextDown(value)};
            System.arraycopy(group, 0, all, 6 * i, 6);
        }
        return all;
    }

    @Test
    void bothTypesRoundOnce() {
        assertEquals(-0x1p-46f, Fma.fma(1 + 0x1p-23f, 1 - 0x1p-23f, -1));
        assertEquals(-0x1p-104, Fma.fma(1 + 0x1p-52, 1 - 0x1p-52, -1));
    }
}
