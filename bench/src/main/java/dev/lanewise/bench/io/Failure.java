package dev.lanewise.bench.io;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Exceptions as one line for a user. */
public final class Failure {
    private Failure() {
    }

    /** What was wrong, in one line. */
    public static String describe(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException e -> file(e, "there is no such file");
            case AccessDeniedException e -> file(e, "permission denied");
            case NotDirectoryException e -> file(e, "is not a folder");
            case FileSystemException e -> file(e, "cannot be read or written");
            case FileNotFoundException e -> oneLine(String.valueOf(e.getMessage()));
            case OutOfMemoryError e ->
                "not enough memory: the Java heap may grow to " + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB here; LANEWISE_JAVA_OPTS=-Xmx8g in the environment lets it grow to 8 GiB";
            case ExceptionInInitializerError e when e.getCause() != null -> describe(e.getCause());
            default -> oneLine(failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage());
        };
    }

    private static String file(FileSystemException e, String otherwise) {
        String file = e.getFile() == null || e.getFile().isEmpty() ? "''" : e.getFile();
        return oneLine(file + ": " + (e.getReason() == null ? otherwise : e.getReason()));
    }

    /** The text with each run of white space as one space. */
    public static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
