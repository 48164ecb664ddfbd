package dev.lanewise.bench.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerListTest {
    /**
     * Whole networks against published numbers of multiply-adds: torchvision's, in units of 10^9, which count the fully connected layers;
     * ShuffleNet's from its paper, in units of 10^9 too.
     */
    @ParameterizedTest
    @CsvSource({"resnet50,53,4.089,2048000", "resnext50,53,4.230,2048000", "mobilenetv2,52,0.301,1280000",
        "efficientnetb0,81,0.386,1280000",
        "vgg16,13,15.470,123633664",
        "shufflenetv1,49,0.137,960000", "shufflenetv2,56,0.145,1024000", "deeplabv3,63,178.722,0"})
    void networksHaveThePublishedNumberOfMultiplyAdds(String name, int convolutions, double published,
            long fullyConnected) throws IOException {
        LayerList network = LayerList.of(name);

        long multiplyAdds = fullyConnected + network.entries().stream()
                .mapToLong(entry -> entry.times() * entry.layer().shape().flops() / 2).sum();
        assertEquals(published, multiplyAdds / 1e9, 0.0005);
        assertEquals(convolutions, network.entries().stream().mapToInt(LayerList.Entry::times).sum());
    }

    @Test
    void thereIsATestForEachNetwork() {
        assertEquals(8, LayerList.NAMES.size());
        assertThrows(IllegalArgumentException.class, () -> LayerList.of("alexnet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,64,56,56,64,3,1,1,1,1", "2,8,17,19,16,3x1,2,1x0,2,4"})
    void layersAreWrittenAsTheyAreRead(String text) {
        assertEquals(text, Layer.parse(text).toString());
        assertEquals(text, Layer.parse(text.replace(',', '/')).toString());
    }

    /** P = floor((17 + 2 - 2*(3-1) - 1) / 2) + 1 = 8, Q = floor((19 - 1) / 2) + 1 = 10. */
    @Test
    void sizes() {
        Layer layer = Layer.parse("2,8,17,19,16,3x1,2,1x0,2,4");

        assertArrayEquals(new int[] {2, 16, 8, 10}, layer.shape().outputShape());
        assertArrayEquals(new int[] {16, 2, 3, 1}, layer.weight().shape());
        assertArrayEquals(new int[] {2, 8, 17, 19}, layer.input().shape());
        assertArrayEquals(new int[] {16}, layer.bias().shape());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2,3", "1,64,56,56,64,3,1,1,1,", "1,64,56,56,64,3x,1,1,1,1"})
    void whatIsNoLayer(String text) {
        assertThrows(IllegalArgumentException.class, () -> Layer.parse(text));
    }
}
