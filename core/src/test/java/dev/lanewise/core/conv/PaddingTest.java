package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaddingTest {
    @Test
    void readsPytorchsNames() {
        assertSame(Padding.SAME, Padding.parse("same"));
        assertSame(Padding.VALID, Padding.parse("valid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "SAME", "Valid", "", " same"})
    void refusesOtherNames(String name) {
        assertEquals("Invalid padding string: '" + name + "'",
                assertThrows(IllegalArgumentException.class, () -> Padding.parse(name)).getMessage());
    }

    @Test
    void oneAmountIsForAllSides() {
        assertEquals(new Padding.Symmetric(List.of(2, 2)), Padding.of(2));
        assertEquals(new Padding.Symmetric(List.of(2, 3)), Padding.of(2, 3));
        assertEquals(new Padding.Sides(1, 2, 3, 4), Padding.sides(1, 2, 3, 4));
    }

    @Test
    void keepsACopyOfTheList() {
        List<Integer> values = new ArrayList<>(List.of(1, 2));
        Padding padding = new Padding.Symmetric(values);
        values.set(0, 9);

        assertEquals(Padding.of(1, 2), padding);
    }

    @ParameterizedTest
    @EnumSource
    void modesHavePytorchsNames(PaddingMode mode) {
        assertSame(mode, PaddingMode.parse(mode.label()));
    }

    @Test
    void refusesOtherModes() {
        assertEquals(
                "padding_mode must be one of {'zeros', 'reflect', 'replicate', 'circular'}, but got padding_mode='xyz'",
                assertThrows(IllegalArgumentException.class, () -> PaddingMode.parse("xyz")).getMessage());
        assertThrows(IllegalArgumentException.class, () -> PaddingMode.parse("ZEROS"));
    }
}
