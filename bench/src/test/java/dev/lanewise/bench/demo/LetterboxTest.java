package dev.lanewise.bench.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterboxTest {
    private static Photograph plain(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return Photograph.of(image);
    }

    @Test
    void theBundledPhotographGivesTheGoldenInput() throws IOException {
        Photograph astronaut = Photograph.read(BlazeFace.resource("astronaut.png"), "astronaut.png");

        assertArrayEquals(BlazeFace.golden("x").floats(), new Letterbox(astronaut).input().floats());
    }

    /** 600 x 400 in a square of 600: bars of 100 photograph pixels, 21.33 input pixels. */
    @Test
    void aWidePhotographHasBlackBars() {
        Tensor input = new Letterbox(plain(600, 400, 0xFF8000)).input();

        assertArrayEquals(new int[] {1, 128, 128, 3}, input.shape());
        for (int channel = 0; channel < 3; channel++) {
            double colour = new double[] {255, 128, 0}[channel] / 127.5 - 1;
            assertEquals(-1, input.getDouble(0, 20, 64, channel));
            assertEquals(-1 + 2.0 / 3 * (colour + 1), input.getDouble(0, 21, 64, channel), 1e-6);
            assertEquals(colour, input.getDouble(0, 22, 64, channel), 1e-6);
            assertEquals(colour, input.getDouble(0, 105, 0, channel), 1e-6);
            assertEquals(-1, input.getDouble(0, 107, 127, channel));
        }
    }

    @Test
    void aTinyPhotographIsEnlarged() {
        Tensor input = new Letterbox(plain(1, 1, 0xFFFFFF)).input();

        for (float value : input.floats()) {
            assertEquals(1, value, 1e-6);
        }
    }

    /** The square's corner (0, 0) of a 300 x 600 photograph is 150 pixels to the left of it. */
    @Test
    void facesAreMappedBack() {
        Letterbox letterbox = new Letterbox(plain(300, 600, 0));

        Face face = letterbox.toPhotograph(new Face(0.9, new Box(0, 64, 32, 16), List.of(new Point(128, 128))));

        assertEquals(new Box(-150, 300, 150, 75), face.box());
        assertEquals(List.of(new Point(450, 600)), face.keyPoints());
        assertEquals(0.9, face.score());
    }
}
