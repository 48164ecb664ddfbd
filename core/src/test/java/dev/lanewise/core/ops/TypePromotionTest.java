package dev.lanewise.core.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class TypePromotionTest {
    /** The types that {@code torch.result_type} gave for all pairs, with and without axes. */
    @ParameterizedTest
    @CsvFileSource(resources = "result-types.txt", delimiter = ' ')
    void pairs(String a, String b, int rankA, int rankB, String expected) {
        Tensor x = tensor(a, rankA);
        Tensor y = tensor(b, rankB);
        if (expected.equals("int16")) {
            assertThrows(IllegalArgumentException.class, () -> TypePromotion.promote(x, y));
        } else {
            assertEquals(dtype(expected), TypePromotion.promote(x, y));
        }
    }

    @ParameterizedTest
    @CsvSource({"float64, float64, float64", "float32, float32, float32", "int64, int64, float32",
        "int32, int32, float32",
        "int8, int8, float32", "uint8, uint8, float32", "bool, int64, float32"})
    void numbers(String dtype, String withOne, String withHalf) {
        Tensor x = tensor(dtype, 1);
        assertEquals(dtype(withOne), Arithmetic.add(x, 1).dtype());
        assertEquals(dtype(withHalf), Arithmetic.multiply(x, 0.5).dtype());
    }

    @Test
    void theTypeThatIsNotThere() {
        assertEquals("int8 and uint8 have the common type int16, which is not supported; convert one of them",
                assertThrows(IllegalArgumentException.class,
                        () -> Arithmetic.add(tensor("int8", 1), tensor("uint8", 1))).getMessage());
    }

    private static Tensor tensor(String dtype, int rank) {
        return Tensors.ones(dtype(dtype), rank == 0 ? new int[0] : new int[] {2});
    }

    private static DType dtype(String label) {
        return DType.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
