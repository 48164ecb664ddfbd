package dev.lanewise.simd.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void tellsWhereElementsLie() {
        Layout layout = new Layout();
        layout.set(
                Tensor.strided(DType.FLOAT32, new float[1000], 7, new int[] {2, 3, 4, 5}, new int[] {300, 90, 20, 3}));
        assertEquals(7 + 300 + 2 * 90 + 3 * 20 + 4 * 3, layout.at(1, 2, 3, 4));
        layout.set(Tensor.strided(DType.FLOAT32, new float[1000], 5, new int[] {3, 4, 5}, new int[] {90, 20, 3}));
        assertEquals(5 + 2 * 90 + 3 * 20 + 4 * 3, layout.at(0, 2, 3, 4));
        assertEquals(5, layout.at(0, 0, 0, 0));
    }

    @Test
    void aDensePlaneHasNoGaps() {
        Layout layout = new Layout();
        layout.set(Tensor.zeros(DType.FLOAT32, 1, 2, 3, 4));
        assertEquals(true, layout.isPlaneDense(4));
        assertEquals(false, layout.isPlaneDense(3));
        layout.set(Tensor.zeros(DType.FLOAT32, 1, 2, 4, 3).transpose(2, 3));
        assertEquals(false, layout.isPlaneDense(3));
    }
}
