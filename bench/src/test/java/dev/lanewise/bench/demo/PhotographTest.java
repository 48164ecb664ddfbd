package dev.lanewise.bench.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Samples survive the way through a PNG file, whatever kind it is. */
class PhotographTest {
    private static Photograph throughPng(BufferedImage image) throws IOException {
        return Photograph.read(new ByteArrayInputStream(png(image)), "test");
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, "png", bytes));
        return bytes.toByteArray();
    }

    private static int[] samples(Photograph photograph, int x, int y) {
        return new int[] {photograph.sample(x, y, 0), photograph.sample(x, y, 1), photograph.sample(x, y, 2)};
    }

    @Test
    void colours() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x010203);
        image.setRGB(1, 0, 0xFFFEFD);
        Photograph photograph = throughPng(image);

        assertEquals(2, photograph.width());
        assertEquals(1, photograph.height());
        assertArrayEquals(new int[] {1, 2, 3}, samples(photograph, 0, 0));
        assertArrayEquals(new int[] {255, 254, 253}, samples(photograph, 1, 0));
    }

    @Test
    void greyOf8And16Bits() throws IOException {
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
            int largest = type == BufferedImage.TYPE_BYTE_GRAY ? 255 : 65535;
            BufferedImage image = new BufferedImage(256, 1, type);
            for (int x = 0; x < 256; x++) {
                image.getRaster().setSample(x, 0, 0, x * (largest / 255));
            }
            Photograph photograph = throughPng(image);
            for (int x = 0; x < 256; x++) {
                assertArrayEquals(new int[] {x, x, x}, samples(photograph, x, 0));
            }
        }
    }

    @Test
    void greyWithTransparency() throws IOException {
        ColorModel model = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false,
                ColorModel.TRANSLUCENT, DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(3, 1);
        for (int x = 0; x < 3; x++) {
            raster.setSample(x, 0, 0, 200);
            raster.setSample(x, 0, 1, new int[] {255, 51, 0}[x]);
        }
        Photograph photograph = throughPng(new BufferedImage(model, raster, false, null));

        assertArrayEquals(new int[] {200, 200, 200}, samples(photograph, 0, 0));
        assertArrayEquals(new int[] {40, 40, 40}, samples(photograph, 1, 0));
        assertArrayEquals(new int[] {0, 0, 0}, samples(photograph, 2, 0));
    }

    @Test
    void transparencyShowsBlack() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x33FF0064);
        image.setRGB(1, 0, 0x00FFFFFF);
        Photograph photograph = throughPng(image);

        assertArrayEquals(new int[] {51, 0, 20}, samples(photograph, 0, 0));
        assertArrayEquals(new int[] {0, 0, 0}, samples(photograph, 1, 0));
    }

    @Test
    void palettes() throws IOException {
        byte[] red = {0, (byte) 250};
        byte[] green = {10, (byte) 200};
        byte[] blue = {20, 100};
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY,
                new IndexColorModel(1, 2, red, green, blue));
        image.getRaster().setSample(1, 0, 0, 1);
        Photograph photograph = throughPng(image);

        assertArrayEquals(new int[] {0, 10, 20}, samples(photograph, 0, 0));
        assertArrayEquals(new int[] {250, 200, 100}, samples(photograph, 1, 0));
    }

    @Test
    void whatIsNoImage() throws IOException {
        assertThrows(IllegalArgumentException.class,
                () -> Photograph.read(new ByteArrayInputStream("a text".getBytes(StandardCharsets.UTF_8)), "a.txt"));
        byte[] whole = png(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));
        assertThrows(IOException.class,
                () -> Photograph.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2)), "half.png"));
    }
}
