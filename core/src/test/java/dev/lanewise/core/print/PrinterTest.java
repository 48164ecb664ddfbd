package dev.lanewise.core.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Both printers against what PyTorch 1.13 and NumPy 2.4 printed: random tensors of all types and shapes, and the edges of each rule. */
final class PrinterTest {
    @TestFactory
    Stream<DynamicTest> torch() {
        List<PrintCases.Case> cases = PrintCases.read("torch-print.json");
        assertTrue(cases.size() > 150);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(),
                () -> assertEquals(c.text().getAsString(), TorchPrinter.format(c.tensor(), c.options()))));
    }

    @TestFactory
    Stream<DynamicTest> numpy() {
        List<PrintCases.Case> cases = PrintCases.read("numpy-print.json");
        assertTrue(cases.size() > 150);
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> {
            JsonObject text = c.text().getAsJsonObject();
            assertEquals(text.get("str").getAsString(), NumpyPrinter.str(c.tensor(), c.options()));
            assertEquals(text.get("repr").getAsString(), NumpyPrinter.repr(c.tensor(), c.options()));
        }));
    }
}
