package dev.lanewise.core.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Each rung by itself; the real JVMs that lack one are started for the tests of simd. */
class LadderTest {
    private static final RunningJvm GOOD = new RunningJvm(true, true, 128, true, 25);
    private static final Provider SIMD = new Named("simd");

    private static class Named implements Provider {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String describe() {
            return name;
        }
    }

    @Test
    void theTop() {
        Ladder<Provider> top = Ladder.climb(List.of(new Named("other"), SIMD), GOOD);
        assertSame(SIMD, top.simd());
        assertEquals("the module, C2, the vector width and FMA are there", top.reason());
    }

    @Test
    void eachRungHasItsRemedy() {
        assertStops("add lanewise-simd", List.of(new Named("other")), GOOD);
        assertStops("add --add-modules jdk.incubator.vector", List.of(SIMD),
                new RunningJvm(false, true, 512, true, 25));
        assertStops("without -Xint and -XX:TieredStopAtLevel", List.of(SIMD),
                new RunningJvm(true, false, 512, true, 25));
        assertStops("vectors have 64 bits in this JVM", List.of(SIMD), new RunningJvm(true, true, 64, true, 25));
        assertStops("remove -XX:-UseFMA", List.of(SIMD), new RunningJvm(true, true, 512, false, 25));
    }

    @Test
    void whatDoesNotLinkIsAReason() {
        assertStops("could not be loaded: java.lang.NoClassDefFoundError: Vector", List.of(new Named("simd") {
            @Override
            public void check() {
                throw new NoClassDefFoundError("Vector");
            }
        }), GOOD);
        assertStops("could not be loaded", () -> {
            throw new ServiceConfigurationError("no such class");
        }, GOOD);
    }

    @Test
    void aNewerJdkIsUsedWithAWarning() {
        assertEquals(List.of(), warnings(() -> Ladder.climb(List.of(SIMD), GOOD)));
        List<String> warnings = warnings(() -> assertSame(SIMD,
                Ladder.climb(List.of(SIMD), new RunningJvm(true, true, 128, true, 26)).simd()));
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.getFirst().contains("on JDK 26"), warnings.toString());
    }

    private static void assertStops(String reason, Iterable<Provider> installed, RunningJvm jvm) {
        Ladder<Provider> ladder = Ladder.climb(installed, jvm);
        assertNull(ladder.simd());
        assertTrue(ladder.reason().contains(reason), ladder.reason());
    }

    /** What is logged meanwhile. */
    static List<String> warnings(Runnable what) {
        List<String> messages = new ArrayList<>();
        Logger logger = Logger.getLogger("dev.lanewise");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                messages.add(line.getMessage());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        logger.addHandler(handler);
        try {
            what.run();
        } finally {
            logger.removeHandler(handler);
        }
        return messages;
    }
}
