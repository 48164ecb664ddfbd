package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Conv2dSpecTest {
    @Test
    void eachMethodChangesOneThing() {
        Conv2dSpec spec = Conv2dSpec.DEFAULT.withStride(2, 3).withPadding(4, 5).withPaddingMode(PaddingMode.REFLECT)
                .withDilation(6, 7).withGroups(8);

        assertEquals(new Conv2dSpec(List.of(2, 3), Padding.of(4, 5), PaddingMode.REFLECT, List.of(6, 7), 8), spec);
        assertEquals(new Conv2dSpec(List.of(1, 1), Padding.NONE, PaddingMode.ZEROS, List.of(1, 1), 1),
                Conv2dSpec.DEFAULT);
    }

    @Test
    void oneValueIsForBothAxes() {
        assertEquals(new Conv2dSpec(List.of(2, 2), Padding.of(3, 3), PaddingMode.ZEROS, List.of(4, 4), 1),
                Conv2dSpec.DEFAULT.withStride(2).withPadding(3).withDilation(4));
    }

    @Test
    void keepsCopiesOfTheLists() {
        List<Integer> values = new ArrayList<>(List.of(1, 2));
        Conv2dSpec spec = new Conv2dSpec(values, Padding.NONE, PaddingMode.ZEROS, values, 1);
        values.set(0, 9);

        assertEquals(Conv2dSpec.DEFAULT.withStride(1, 2).withDilation(1, 2), spec);
    }
}
