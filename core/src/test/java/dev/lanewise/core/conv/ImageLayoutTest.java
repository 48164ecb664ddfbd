package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.nn.Conv2d;
import dev.lanewise.core.random.Generator;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.core.testkit.Values;
import org.junit.jupiter.api.Test;

/** Strides as {@code torch.empty(2, 3, 4, 5, memory_format=torch.channels_last).stride()} tells them. */
class ImageLayoutTest {
    @Test
    void strides() {
        assertArrayEquals(new int[] {60, 20, 5, 1}, ImageLayout.NCHW.zeros(DType.FLOAT32, 2, 3, 4, 5).strides());
        assertArrayEquals(new int[] {60, 1, 15, 3}, ImageLayout.NHWC.zeros(DType.FLOAT32, 2, 3, 4, 5).strides());
        assertArrayEquals(new int[] {1, 15, 3}, ImageLayout.NHWC.zeros(DType.FLOAT32, 3, 4, 5).strides());
    }

    @Test
    void copyKeepsElements() {
        Tensor images = Values.NORMALS.tensor(DType.FLOAT64, new int[] {2, 3, 4, 5}, 1);
        Tensor copy = ImageLayout.NHWC.copy(images);
        Equality.assertSameBits(images, copy, "NHWC");
        assertEquals(images.getDouble(1, 2, 3, 4), copy.storage().getDouble(((1 * 4 + 3) * 5 + 4) * 3 + 2));
    }

    @Test
    void labels() {
        assertEquals(ImageLayout.NHWC, ImageLayout.parse(ImageLayout.NHWC.label()));
        assertEquals("unknown layout 'NHWC', expected nchw or nhwc",
                assertThrows(IllegalArgumentException.class, () -> ImageLayout.parse("NHWC")).getMessage());
    }

    @Test
    void refusesWhatIsNoImage() {
        assertEquals("images have 3 or 4 axes, not 2",
                assertThrows(IllegalArgumentException.class, () -> ImageLayout.NHWC.zeros(DType.FLOAT32, 2, 3))
                        .getMessage());
    }

    /** A layer gives what its options say, with the bits that any other layout has. */
    @Test
    void ofALayer() {
        Tensor x = Values.NORMALS.tensor(DType.FLOAT32, new int[] {1, 3, 9, 9}, 1);
        Conv2d planes = Conv2d.builder(3, 7, 3).build(new Generator(0));
        Conv2d pixels = Conv2d.builder(3, 7, 3).options(Conv2dOptions.DEFAULT.withLayout(ImageLayout.NHWC))
                .build(new Generator(0));
        Tensor y = pixels.forward(ImageLayout.NHWC.copy(x));
        assertArrayEquals(new int[] {343, 1, 49, 7}, y.strides());
        Equality.assertSameBits(planes.forward(x), y, "NHWC");
    }
}
