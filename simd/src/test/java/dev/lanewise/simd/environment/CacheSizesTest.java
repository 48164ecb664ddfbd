package dev.lanewise.simd.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSizesTest {
    private static final CacheSizes DEFAULT = new CacheSizes(32 << 10, 512 << 10);

    @TempDir
    Path folder;

    @Test
    void readsLinux() throws IOException {
        cache(0, "1", "Data", "48K\n");
        cache(1, "1", "Instruction", "64K\n");
        cache(2, "2", "Unified", "2M\n");
        cache(3, "3", "Unified", "32768K\n");
        assertEquals(new CacheSizes(48 << 10, 2 << 20), CacheSizes.read(folder));
    }

    @Test
    void takesTheDefaultForWhatIsNotThere() throws IOException {
        assertEquals(DEFAULT, CacheSizes.read(folder));
        assertEquals(DEFAULT, CacheSizes.read(folder.resolve("no such folder")));
        cache(0, "1", "Data", "nonsense");
        cache(1, "2", "Unified", "99999999999K");
        assertEquals(DEFAULT, CacheSizes.read(folder));
    }

    @Test
    void thisMachineHasCaches() {
        CacheSizes sizes = CacheSizes.ofThisMachine();
        assertTrue(sizes.l1() >= 8 << 10 && sizes.l2() >= sizes.l1(), sizes.toString());
    }

    private void cache(int index, String level, String type, String size) throws IOException {
        Path cache = Files.createDirectory(folder.resolve("index" + index));
        Files.writeString(cache.resolve("level"), level + "\n");
        Files.writeString(cache.resolve("type"), type + "\n");
        Files.writeString(cache.resolve("size"), size);
    }
}
