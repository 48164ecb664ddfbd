package dev.lanewise.core.npy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Replaces a file whole or not at all: writes beside it, then moves. */
final class WholeFile {
    private WholeFile() {
    }

    /** Writes the content; a failure leaves what was there. */
    interface Content {
        void writeTo(WritableByteChannel out) throws IOException;
    }

    static void write(Path path, Content content) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath(); // a link keeps pointing to what it points to
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(path.toString(), null, "not a regular file, so it cannot be replaced");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(path.toString(), null, "its folder does not exist");
        }
        // not a File.createTempFile, whose files nobody else may read
        Path beside = folder.resolve(
                "." + target.getFileName() + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
        try {
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable t) {
            try {
                Files.deleteIfExists(beside);
            } catch (IOException e) {
                t.addSuppressed(e);
            }
            throw t;
        }
    }
}
