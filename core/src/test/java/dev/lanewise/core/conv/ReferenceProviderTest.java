package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** How the specification is had as a provider, and what its plans say. */
class ReferenceProviderTest {
    private final Conv2dProvider reference = Conv2dProviders.reference();

    @Test
    void isFoundByItsName() {
        assertSame(reference, Conv2dProviders.byName("reference"));
        assertEquals("reference", reference.name());
        assertTrue(reference.describe().startsWith("reference: "));
        assertTrue(Conv2dProviders.describe().contains(Conv2dProviders.chosen().describe()), Conv2dProviders::describe);
    }

    @Test
    void computesWhatOthersDoNot() {
        assertFalse(reference.supports(DType.BOOL));
        assertTrue(reference.supports(DType.UINT8));
        assertTrue(Conv2dProviders.forType(DType.UINT8).supports(DType.UINT8));
        assertSame(Conv2dProviders.chosen(), Conv2dProviders.forType(DType.FLOAT32));
        assertSame(reference, Conv2dProviders.forType(DType.BOOL));
    }

    @Test
    void aPlanNeedsAPlaceForEachTapAndThread() {
        Tensor weight = Tensor.zeros(DType.FLOAT32, 4, 2, 3, 3);
        Conv2dShape shape = new Call().x(1, 4, 8, 8).weight(4, 2, 3, 3).groups(2).shape();
        assertEquals(18 * 4, reference.plan(shape, weight, null, Conv2dOptions.DEFAULT).scratchBytes());
        Conv2dOptions threads = Conv2dOptions.DEFAULT.withWorkers(Workers.on(Runnable::run, 3));
        assertEquals(3 * 18 * 4, reference.plan(shape, weight, null, threads).scratchBytes());
    }

    /** So that a layer with y as its weight sees the change. */
    @Test
    void aRunMarksItsOutput() {
        Tensor x = Tensor.zeros(DType.FLOAT32, 1, 3, 8, 8);
        Tensor y = Tensor.zeros(DType.FLOAT32, 1, 4, 6, 6);
        int before = y.storage().version();
        reference.plan(new Call().shape(), Tensor.zeros(DType.FLOAT32, 4, 3, 3, 3), null, Conv2dOptions.DEFAULT)
                .run(x, y);
        assertEquals(before + 1, y.storage().version());
    }
}
