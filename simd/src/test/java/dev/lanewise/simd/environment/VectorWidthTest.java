package dev.lanewise.simd.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VectorWidthTest {
    @Test
    void whatIsThereUpTo512() {
        assertEquals(128, VectorWidth.bits(null, 128));
        assertEquals(512, VectorWidth.bits(null, 512));
        assertEquals(512, VectorWidth.bits(null, 2048));
    }

    @Test
    void whatIsAskedFor() {
        assertEquals(128, VectorWidth.bits("128", 512));
        assertEquals(256, VectorWidth.bits("256", 256));
        assertEquals(512, VectorWidth.bits("512", 2048));
    }

    @Test
    void allVectorsHaveIt() {
        assertEquals(VectorEnvironment.FLOAT_SPECIES.vectorShape(), VectorWidth.shape());
        assertEquals(VectorEnvironment.DOUBLE_SPECIES.vectorShape(), VectorWidth.shape());
    }

    @Test
    void whatIsNotToBeHad() {
        assertRefused("-Dlanewise.vectorBits=512: this JVM's vectors have 256 bits", "512", 256);
        assertRefused("-Dlanewise.vectorBits=64: expected 128, 256 or 512", "64", 256);
        assertRefused("-Dlanewise.vectorBits=wide: expected 128, 256 or 512", "wide", 256);
    }

    private static void assertRefused(String message, String forced, int available) {
        assertEquals(message,
                assertThrows(IllegalStateException.class, () -> VectorWidth.bits(forced, available)).getMessage());
    }
}
