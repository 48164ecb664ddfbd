package dev.lanewise.bench.demo;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** An image, 8 bits each of red, green and blue; what is transparent shows black. */
final class Photograph {
    private final int width;
    private final int height;
    private final int[] rgb;

    private Photograph(int width, int height, int[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /**
     * Reads an image of any format that this Java can read: PNG, JPEG, GIF, BMP, TIFF.
     *
     * @param name what to call it in errors
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is none
     */
    static Photograph read(InputStream stream, String name) throws IOException {
        BufferedImage image = decode(stream, name);
        if (image == null) {
            throw new IllegalArgumentException(
                    name + " is not an image that Java can read (PNG, JPEG, GIF, BMP, TIFF)");
        }
        return of(image);
    }

    private static @Nullable BufferedImage decode(InputStream stream, String name) throws IOException {
        ImageIO.setUseCache(false);
        try {
            return ImageIO.read(stream);
        } catch (IOException | RuntimeException e) { // what the decoders throw at broken files is not only IOException
            throw new IOException(name + " cannot be read as an image: " + e.getMessage(), e);
        }
    }

    static Photograph of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        ColorModel colors = image.getColorModel();
        boolean grey = colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY && !(colors instanceof IndexColorModel);
        int[] rgb = grey ? grey(image.getRaster(), colors) : image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = onBlack(rgb[i]);
        }
        return new Photograph(width, height, rgb);
    }

    /** The samples as they are: {@code getRGB} takes grey for linear light and would brighten it. */
    private static int[] grey(Raster raster, ColorModel colors) {
        int width = raster.getWidth();
        int[] argb = new int[width * raster.getHeight()];
        for (int i = 0; i < argb.length; i++) {
            int value = sample(raster, i % width, i / width, 0, colors);
            int alpha = colors.hasAlpha() ? sample(raster, i % width, i / width, 1, colors) : 255;
            argb[i] = alpha << 24 | value << 16 | value << 8 | value;
        }
        return argb;
    }

    private static int sample(Raster raster, int x, int y, int band, ColorModel colors) {
        int largest = (1 << colors.getComponentSize(band)) - 1;
        return Math.round(raster.getSample(x + raster.getMinX(), y + raster.getMinY(), band) * 255f / largest);
    }

    private static int onBlack(int argb) {
        int alpha = argb >>> 24;
        int opaque = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            opaque |= ((argb >>> shift & 255) * alpha + 127) / 255 << shift;
        }
        return opaque;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** One sample, 0 to 255; channel 0 is red, 1 green, 2 blue. */
    int sample(int x, int y, int channel) {
        return rgb[y * width + x] >>> 16 - 8 * channel & 255;
    }

    /** A copy to draw on. */
    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, rgb, 0, width);
        return image;
    }
}
