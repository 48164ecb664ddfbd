package dev.lanewise.bench.conv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The layers of the suite {@code conv}, one of each kind that networks have. */
public final class ConvLayers {
    private ConvLayers() {
    }

    /** All of them, in the order of the tables. */
    public static List<ConvLayer> all() {
        try (InputStream in = ConvLayers.class.getResourceAsStream("layers.txt")) {
            String text = new String(Objects.requireNonNull(in, "layers.txt").readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(ConvLayer::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
