package dev.lanewise.bench.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    private Path folder = Path.of("");

    private static void write(Path path, String content) throws IOException {
        try (OutputFile file = OutputFile.open(path)) {
            file.replace(out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path path = folder.resolve("y");
        write(path, "one, a longer one");
        write(path, "two");

        assertEquals("two", Files.readString(path));
        assertEquals(1, files());
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path path = folder.resolve("y");
        write(path, "one");

        assertThrows(IOException.class, () -> {
            try (OutputFile file = OutputFile.open(path)) {
                file.replace(out -> {
                    out.write('t');
                    throw new IOException("disk full");
                });
            }
        });

        assertEquals("one", Files.readString(path));
        assertEquals(1, files());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkStaysALinkAndPermissionsStay() throws IOException {
        Path path = folder.resolve("y");
        Files.writeString(path, "one");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);

        write(link, "two");

        assertTrue(Files.isSymbolicLink(link));
        assertEquals("two", Files.readString(path));
        assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDeviceIsWrittenToAndNotReplaced() throws IOException {
        write(Path.of("/dev/null"), "gone");

        assertTrue(Files.exists(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
    }
}
