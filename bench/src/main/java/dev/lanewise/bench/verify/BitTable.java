package dev.lanewise.bench.verify;

import dev.lanewise.bench.io.Progress;
import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Of how many layers a library gives the same bits in different circumstances: summed in the contract's order, among other images and alone,
 * by one thread and by two, and when asked again.
 */
public final class BitTable {
    private static final int BATCH = 8;
    private static final List<String> QUESTIONS = List.of("the contract's bits", "batch of 1 = of 8",
            "the same by 2 threads", "1 = 2 threads", "asked again");

    private final List<Layer> layers;

    /**
     * A table over these layers.
     *
     * @param layers in float32; their batch size does not count
     */
    public BitTable(List<Layer> layers) {
        this.layers = layers.stream().map(layer -> withBatch(layer, BATCH)).distinct().toList();
    }

    /** Asks each provider about all layers, and prints in Markdown of how many the bits are the same. */
    public void print(List<Conv2dProvider> providers, PrintWriter out) {
        int[][] same = new int[providers.size()][QUESTIONS.size()];
        try (Workers two = Workers.threads(2); Progress bar = Progress.show("bits", layers.size())) {
            for (int i = 0; i < layers.size(); i++) {
                Images images = new Images(layers.get(i), two);
                for (int p = 0; p < providers.size(); p++) {
                    images.ask(providers.get(p), same[p]);
                }
                bar.stepTo(i + 1);
            }
        }
        out.printf("layers with the same bits, of %d (float32, random values between -1 and 1):%n%n", layers.size());
        out.printf("| library | %s |%n", String.join(" | ", QUESTIONS));
        out.printf("| --- |%s%n", " --: |".repeat(QUESTIONS.size()));
        for (int p = 0; p < providers.size(); p++) {
            out.printf(Locale.ROOT, "| %s | %s |%n", providers.get(p).name(),
                    Arrays.stream(same[p]).mapToObj(String::valueOf).collect(Collectors.joining(" | ")));
        }
    }

    private static Layer withBatch(Layer layer, int batch) {
        return new Layer(batch, layer.inputChannels(), layer.height(), layer.width(), layer.outputChannels(),
                layer.kernel(), layer.stride(), layer.padding(), layer.dilation(), layer.groups());
    }

    /** A batch of images with a layer's parameters. */
    private static final class Images {
        private final Layer layer;
        private final Workers two;
        private final Tensor batch;
        private final Tensor first;
        private final Tensor weight;
        private final Tensor bias;
        private final Tensor contract;

        Images(Layer layer, Workers two) {
            this.layer = layer;
            this.two = two;
            this.batch = layer.input();
            this.first = firstOf(batch);
            this.weight = layer.weight();
            this.bias = layer.bias();
            this.contract = run(Conv2dProviders.reference(), first, two);
        }

        /** Counts in the order of {@link #QUESTIONS}. */
        void ask(Conv2dProvider provider, int... same) {
            Tensor alone = run(provider, first, Workers.sequential());
            Tensor aloneByTwo = run(provider, first, two);
            Tensor together = run(provider, batch, Workers.sequential());
            Tensor togetherByTwo = run(provider, batch, two);
            Tensor again = run(provider, first, Workers.sequential());
            same[0] += haveSameBits(contract, alone) ? 1 : 0;
            same[1] += haveSameBits(alone, firstOf(together)) ? 1 : 0;
            same[2] += haveSameBits(aloneByTwo, firstOf(togetherByTwo)) ? 1 : 0;
            same[3] += haveSameBits(alone, aloneByTwo) && haveSameBits(together, togetherByTwo) ? 1 : 0;
            same[4] += haveSameBits(alone, again) ? 1 : 0;
        }

        private Tensor run(Conv2dProvider provider, Tensor x, Workers workers) {
            Conv2dShape shape = Conv2dShape.of(x, weight, bias, layer.spec());
            Tensor y = Tensor.zeros(x.dtype(), shape.outputShape());
            provider.plan(shape, weight, bias, Conv2dOptions.DEFAULT.withWorkers(workers)).run(x, y);
            return y;
        }

        private static Tensor firstOf(Tensor images) {
            return images.slice(0, 0, 1, 1).copy();
        }

        /** Of finite numbers. */
        private static boolean haveSameBits(Tensor a, Tensor b) {
            return Arrays.mismatch(a.floats(), b.floats()) < 0; // compares by floatToIntBits
        }
    }
}
