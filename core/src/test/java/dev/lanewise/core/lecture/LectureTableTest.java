package dev.lanewise.core.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/lecture.md} names every test of the notes, and no other. */
class LectureTableTest {
    private static final List<Class<?>> SECTIONS = List.of(S1DefinitionTest.class, S2ScipyTest.class, S3SpecsTest.class,
            S4SqueezeTest.class,
            S5FunctionalTest.class, S6LayerTest.class, S7CrossCorrelationTest.class, S8ChannelsTest.class,
            S9ReshapeTest.class);

    @Test
    void namesEveryTest() throws IOException {
        Set<String> tests = SECTIONS.stream().flatMap(section -> Arrays.stream(section.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = Pattern.compile("`(S\\d\\w+Test\\.\\w+)`")
                .matcher(Files.readString(Path.of("../docs/lecture.md"))).results()
                .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(tests, named);
    }
}
