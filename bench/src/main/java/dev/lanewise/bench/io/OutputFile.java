package dev.lanewise.bench.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is replaced whole or not at all.
 *
 * <p>It is written under another name beside its place and renamed at the end. Opening creates that other file, so a
 * folder that cannot be written to is found before anything is computed.
 */
public final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    /** Whether the target is a device or a pipe, which is written to and not replaced. */
    private final boolean special;

    private OutputFile(Path target, Path temporary, boolean special) {
        this.target = target;
        this.temporary = temporary;
        this.special = special;
    }

    /**
     * Makes ready to write a file.
     *
     * @throws IOException if that is not possible
     */
    public static OutputFile open(Path path) throws IOException {
        boolean exists = Files.exists(path);
        Path target = exists ? path.toRealPath() : path.toAbsolutePath(); // a symbolic link stays one
        if (Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "is a folder");
        }
        if (exists && !Files.isWritable(target)) {
            throw new AccessDeniedException(path.toString());
        }
        boolean special = exists && !Files.isRegularFile(target);
        Path temporary = special ? Files.createTempFile("lanewise", ".tmp") : createBeside(target);
        temporary.toFile().deleteOnExit(); // for an end by Ctrl-C
        return new OutputFile(target, temporary, special);
    }

    /** Not {@code createTempFile}, whose files only their owner can read. */
    private static Path createBeside(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "there is no such folder");
        }
        String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
        try {
            return Files.createFile(folder.resolve("." + target.getFileName() + "." + unique + ".tmp"));
        } catch (IOException e) {
            throw cannotBeWritten(target, e);
        }
    }

    /** The user has not heard of the file beside. */
    private static FileSystemException cannotBeWritten(Path target, IOException cause) {
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        FileSystemException exception = new FileSystemException(target.toString(), null,
                "cannot be written" + (reason == null ? "" : ": " + reason));
        exception.initCause(cause);
        return exception;
    }

    /**
     * Writes the file and puts it in its place.
     *
     * @throws IOException if that fails; what was there before is still there then, unless it is a device or a pipe
     */
    public void replace(Content content) throws IOException {
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                content.writeTo(out);
            }
            putInPlace();
        } catch (IOException e) {
            throw cannotBeWritten(target, e);
        }
    }

    private void putInPlace() throws IOException {
        if (special) {
            try (OutputStream out = Files.newOutputStream(target)) {
                Files.copy(temporary, out);
            }
            return;
        }
        if (Files.exists(target)) {
            keepPermissions();
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void keepPermissions() throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old != null) {
            Files.setPosixFilePermissions(temporary, old.readAttributes().permissions());
        }
    }

    /** Removes what was not put in its place. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(temporary);
    }

    /** What a file shall hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it to a stream, which the caller closes. */
        void writeTo(OutputStream out) throws IOException;
    }
}
