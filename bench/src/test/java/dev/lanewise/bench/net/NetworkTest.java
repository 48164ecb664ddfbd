package dev.lanewise.bench.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.demo.BlazeFace;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dPlan;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BlazeFace, node by node: the graph against known sums in float64, and each float32 node against its own float64 evaluation. */
class NetworkTest {
    private static double[] doubles(Tensor tensor) {
        float[] floats = tensor.contiguous().floats();
        return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
    }

    private static DoubleEvaluation evaluation(Network network) throws IOException {
        DoubleEvaluation evaluation = new DoubleEvaluation(network);
        evaluation.set("x", doubles(BlazeFace.golden("x")), network.inputShape());
        return evaluation;
    }

    /**
     * That the file's nodes are understood as they were meant. Both sides are float64, whose rounding (1e-16 each) 37 convolutions
     * amplify some tenfold, as the float32 outputs show; 1e-12 of the sum of magnitudes leaves room and would still show one wrong element.
     */
    @Test
    void everyNodeHasTheKnownSums() throws IOException {
        Network network = BlazeFace.network();
        DoubleEvaluation evaluation = evaluation(network);

        assertEquals(104, network.nodes().size());
        for (Node node : network.nodes()) {
            double[] y = evaluation.evaluate(node).values;
            evaluation.set(node.output(), y, Network.ints(node.outShape()));
            Node.Check check = Objects.requireNonNull(node.check());
            double magnitude = 1e-12 * Arrays.stream(y).map(Math::abs).sum();
            double largest = 1e-12 * Arrays.stream(y).map(Math::abs).max().orElseThrow();
            assertEquals(check.sum(), Arrays.stream(y).sum(), magnitude, node.output());
            assertEquals(check.sumsq(), Arrays.stream(y).map(v -> v * v).sum(), 1e-12 * check.sumsq(), node.output());
            assertEquals(check.first(), y[0], largest, node.output());
            assertEquals(check.last(), y[y.length - 1], largest, node.output());
        }
    }

    /**
     * Each node's float32 output against the float64 evaluation of its float32 inputs. A convolution folds K taps in blocks of 256,
     * one rounding each, and adds the block sums: its error is below {@code (min(K, 256) + blocks + 1) * 2^-24 / (1 - ...)} of the sum of
     * the magnitudes. The other operators are exact, but for one rounding of a sum.
     */
    @ParameterizedTest
    @ValueSource(strings = {"reference", "simd"})
    void everyNodeIsRoundedNoWorseThanItMustBe(String provider) throws IOException {
        Network network = BlazeFace.network();
        NetworkPlan plan = network.plan(Conv2dProviders.byName(provider), Conv2dOptions.DEFAULT);
        plan.run(BlazeFace.golden("x"));
        DoubleEvaluation evaluation = evaluation(network);
        Iterator<Conv2dPlan> convolutions = plan.convolutions().iterator();

        for (Node node : network.nodes()) {
            DoubleEvaluation.Result expected = evaluation.evaluate(node);
            double[] actual = doubles(plan.value(node.output()));
            double bound = node.op().equals("Conv") ? relativeError(convolutions.next().shape()) : 0;
            for (int i = 0; i < actual.length; i++) {
                double rounded = bound > 0 ? expected.values[i] : (float) expected.values[i];
                double tolerance = bound * expected.magnitudes[i] + (bound > 0 ? Float.MIN_NORMAL : 0);
                assertEquals(rounded, actual[i], tolerance, node.output());
            }
            evaluation.set(node.output(), actual, Network.ints(node.outShape()));
        }
    }

    private static double relativeError(Conv2dShape shape) {
        double roundings = (Math.min(shape.taps(), 256) + Math.ceilDiv(shape.taps(), 256) + 1) * 0x1p-24;
        return roundings / (1 - roundings);
    }

    @Test
    void providersThreadsAndRepeatedRunsGiveTheSameBits() throws IOException {
        Network network = BlazeFace.network();
        Tensor x = BlazeFace.golden("x");
        NetworkPlan reference = network.plan(Conv2dProviders.reference(), Conv2dOptions.DEFAULT);
        reference.run(x);

        NetworkPlan simd = network.plan(Conv2dProviders.byName("simd"), Conv2dOptions.DEFAULT);
        for (int run = 0; run < 2; run++) {
            simd.run(x);
            for (Node node : network.nodes()) {
                assertArrayEquals(reference.value(node.output()).contiguous().floats(),
                        simd.value(node.output()).contiguous().floats(), node.output());
            }
        }
    }

    private static void assertRefused(String message, String nodes) {
        String json = """
                {"input": "x", "input_shape": [1, 1, 4, 4], "outputs": ["y"], "tensors": {"w": {"shape": [1, 1, 1, 1], "offset": 0}}, "nodes": [%s]}"""
                .formatted(nodes);
        Conv2dProvider provider = Conv2dProviders.reference();
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                () -> Network.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                        new ByteArrayInputStream(new byte[4])).plan(provider,
                                Conv2dOptions.DEFAULT));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void whatDoesNotFitTogetherSaysSo() {
        assertRefused("node y (Softmax): this operator is not supported", """
                {"op": "Softmax", "inputs": ["x"], "output": "y", "attrs": {}, "out_shape": [1, 1, 4, 4]}""");
        assertRefused("node y (Relu): its output has shape [1, 1, 4, 4], but the file says [1, 1, 2, 2]", """
                {"op": "Relu", "inputs": ["x"], "output": "y", "attrs": {}, "out_shape": [1, 1, 2, 2]}""");
        assertRefused("node y (Relu): its input z is not the output of an earlier node", """
                {"op": "Relu", "inputs": ["z"], "output": "y", "attrs": {}, "out_shape": [1, 1, 4, 4]}""");
        assertRefused("there is no constant v", """
                {"op": "Conv", "inputs": ["x", "v"], "output": "y", "attrs": {}, "out_shape": [1, 1, 4, 4]}""");
        assertRefused("not the description of a network", "]");
    }

    @Test
    void maximaOfOddSizesLeaveTheLastRowAndColumnOut() {
        Tensor x = Tensor.of(new float[] {1, 2, 9, 3, 4, 9, 9, 9, 9}, 1, 1, 3, 3);
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 1, 1, 1);

        MaxPool2x2.run(x, y);

        assertEquals(4, y.getDouble(0, 0, 0, 0));
    }
}
