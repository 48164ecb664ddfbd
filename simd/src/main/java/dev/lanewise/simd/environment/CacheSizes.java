package dev.lanewise.simd.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sizes of the first core's caches in bytes: read from Linux where it tells, else what nearly every server core has at least.
 *
 * @param l1 the data cache
 * @param l2 the second level, of one core
 */
public record CacheSizes(int l1, int l2) {
    private static final Path FOLDER = Path.of("/sys/devices/system/cpu/cpu0/cache");
    private static final CacheSizes DEFAULT = new CacheSizes(32 << 10, 512 << 10);

    /** Those of this machine. */
    public static CacheSizes ofThisMachine() {
        return read(FOLDER);
    }

    /** From a folder {@code index0, index1, ...} with the files {@code level}, {@code type} and {@code size} in each. */
    static CacheSizes read(Path folder) {
        int l1 = 0;
        int l2 = 0;
        for (int i = 0; Files.isDirectory(folder.resolve("index" + i)); i++) {
            Path cache = folder.resolve("index" + i);
            if (!text(cache, "type").equals("Instruction")) {
                switch (text(cache, "level")) {
                    case "1" -> l1 = bytes(text(cache, "size"));
                    case "2" -> l2 = bytes(text(cache, "size"));
                    default -> {
                        // the third level is shared, nobody knows with how many
                    }
                }
            }
        }
        return new CacheSizes(l1 > 0 ? l1 : DEFAULT.l1, l2 > 0 ? l2 : DEFAULT.l2);
    }

    private static String text(Path cache, String file) {
        try {
            return Files.readString(cache.resolve(file)).strip();
        } catch (IOException | SecurityException e) {
            return "";
        }
    }

    /** {@code 48K} or {@code 2M}; 0 where it is something else. */
    private static int bytes(String size) {
        String digits = size.replaceAll("\\D.*", "");
        if (digits.isEmpty() || digits.length() > 6) {
            return 0;
        }
        int unit = size.endsWith("K") ? 1 << 10 : size.endsWith("M") ? 1 << 20 : 1;
        long bytes = Long.parseLong(digits) * unit;
        return bytes > 1 << 30 ? 0 : (int) bytes;
    }
}
