package dev.lanewise.bench.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.CommandLineRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The command's whole output. */
class LectureTest {
    @Test
    void everythingIsPrinted() throws IOException {
        assertEquals(golden(), CommandLineRun.of("lecture").succeeds().out());
    }

    @Test
    void theSectionsMakeTheWhole() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int section = 1; section <= Lecture.sections(); section++) {
            all.append(CommandLineRun.of("lecture", "--section", section).succeeds().out());
        }
        assertEquals(golden(), all.toString());
    }

    @Test
    void sectionsThatAreNotThere() {
        CommandLineRun.of("lecture", "--section", "10").failsWith("there is no section 10, expected 1 to 9");
        CommandLineRun.of("lecture", "--section", "0").failsWith("there is no section 0, expected 1 to 9");
        CommandLineRun.of("lecture", "--section", "x").failsWith("--section");
    }

    private static String golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(LectureTest.class.getResourceAsStream("lecture.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
