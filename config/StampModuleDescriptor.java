import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stamps a module descriptor with the class file version of Java 17, which is all that {@code --release 17} would change
 * in it. Maven's jar plugin packs with the {@code jar} tool of the Java that runs Maven, and that of Java 17 refuses a
 * newer descriptor (it takes classes of any version).
 *
 * <p>A second run of the compiler for {@code module-info.java} alone would do the same, but only in a clean build: after
 * the first compilation the descriptor counts as up to date.
 */
class StampModuleDescriptor {
    private static final int MAJOR_VERSION_LOW_BYTE = 7;
    private static final byte JAVA_17 = 61;

    public static void main(String[] args) throws Exception {
        Path descriptor = Path.of(args[0]);
        byte[] bytes = Files.readAllBytes(descriptor);
        if (bytes[MAJOR_VERSION_LOW_BYTE] > JAVA_17) {
            bytes[MAJOR_VERSION_LOW_BYTE] = JAVA_17;
            Files.write(descriptor, bytes);
        }
    }
}
