package dev.lanewise.bench.layers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The convolutions of a network, each different one once. Read from {@code shapes/NAME.txt}: a layer, how many times the network
 * has it, and what it is there; lines that begin with # are comments.
 *
 * @param name the network's name
 * @param entries its layers, in the order of their first appearance
 */
public record LayerList(String name, List<Entry> entries) {
    /** The networks there are. */
    public static final List<String> NAMES = List.of("resnet50", "resnext50", "mobilenetv2", "efficientnetb0", "vgg16",
            "shufflenetv1", "shufflenetv2", "deeplabv3");
    /** One layer of each kind, from different networks. */
    public static final String KINDS = "conv";

    /** Copies the list. */
    public LayerList {
        entries = List.copyOf(entries);
    }

    /**
     * A layer in its network.
     *
     * @param layer the layer
     * @param times how many times the network has it
     * @param what what it is there
     */
    public record Entry(Layer layer, int times, String what) {
        private static Entry parse(String line) {
            String[] columns = line.strip().split("\\s+", 3);
            if (columns.length != 3) {
                throw new IllegalArgumentException(
                        "expected a layer, how many times, and what it is, but got '" + line + "'");
            }
            return new Entry(Layer.parse(columns[0]), Integer.parseInt(columns[1]), columns[2]);
        }
    }

    /**
     * Reads the list of a network.
     *
     * @param name one of {@link #NAMES}, or {@link #KINDS}
     * @throws IllegalArgumentException if there is none
     */
    public static LayerList of(String name) throws IOException {
        InputStream stream = NAMES.contains(name) || name.equals(KINDS)
                ? LayerList.class.getResourceAsStream("/shapes/" + name + ".txt")
                : null;
        if (stream == null) {
            throw new IllegalArgumentException("unknown network '" + name + "', expected one of " + NAMES);
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new LayerList(name,
                    lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Entry::parse).toList());
        }
    }
}
