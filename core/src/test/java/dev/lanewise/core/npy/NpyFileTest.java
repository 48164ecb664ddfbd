package dev.lanewise.core.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files: what is replaced, what is left behind, and arrays of many chunks. */
class NpyFileTest {
    private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

    @Test
    void readsWhatItWrote(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.npy");

        Npy.write(file, X);
        Tensor x = Npy.read(file);

        assertArrayEquals(new int[] {2, 3}, x.shape());
        assertArrayEquals(X.floats(), x.floats());
        assertEquals(List.of("x.npy"), names(folder));
    }

    /** A pipe has no size to compare with what its header claims. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void readsFromAPipe(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path file = folder.resolve("x.npy");
        Npy.write(file, X);

        Process writer = new ProcessBuilder("cp", file.toString(), pipe.toString()).start();
        Tensor x = Npy.read(pipe);

        assertEquals(0, writer.waitFor());
        assertArrayEquals(X.floats(), x.floats());
    }

    @Test
    void replacesAnOlderFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.npy"),
                "older and much longer than what comes now ".repeat(100));

        Npy.write(file, X);

        assertEquals(128 + 24, Files.size(file));
        assertEquals(List.of("x.npy"), names(folder));
    }

    @Test
    void keepsTheOlderFileWhenWritingFails(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.npy"), "older");

        IOException e = assertThrows(IOException.class, () -> WholeFile.write(file, out -> {
            out.write(ByteBuffer.allocate(10));
            throw new IOException("no space left");
        }));

        assertEquals("no space left", e.getMessage());
        assertEquals("older", Files.readString(file));
        assertEquals(List.of("x.npy"), names(folder));
    }

    @Test
    void replacesWhatALinkPointsTo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.npy"), "older");
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), file);

        Npy.write(link, X);

        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(X.floats(), Npy.read(file).floats());
    }

    @Test
    void refusesToReplaceAFolder(@TempDir Path folder) {
        FileSystemException e = assertThrows(FileSystemException.class, () -> Npy.write(folder, X));

        assertEquals(folder + ": not a regular file, so it cannot be replaced", e.getMessage());
    }

    @Test
    void namesTheFileWhoseFolderIsMissing(@TempDir Path folder) {
        Path file = folder.resolve("missing").resolve("x.npy");

        NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> Npy.write(file, X));

        assertEquals(file + ": its folder does not exist", e.getMessage());
    }

    @Test
    void missingFilesAndFoldersAreNoContent(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> Npy.read(folder.resolve("x.npy")));
        assertThrows(IOException.class, () -> Npy.read(folder));
    }

    @Test
    void badContentNamesTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.npy"), "some text");

        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Npy.read(file));

        assertEquals("not a .npy file, only 9 bytes long: " + file, e.getMessage());
    }

    @Test
    void readsAndWritesManyChunks(@TempDir Path folder) throws IOException {
        float[] floats = new float[100_003];
        double[] doubles = new double[100_003];
        boolean[] booleans = new boolean[100_003];
        byte[] bytes = new byte[100_003];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = i * 0.5f;
            doubles[i] = i * -0.1;
            booleans[i] = i % 7 == 0;
            bytes[i] = (byte) i;
        }
        Path file = folder.resolve("x.npy");

        Npy.write(file, Tensor.of(floats, floats.length));
        assertArrayEquals(floats, Npy.read(file).floats());
        Npy.write(file, Tensor.of(doubles, 1, doubles.length));
        assertArrayEquals(doubles, Npy.read(file).doubles());
        Npy.write(file, Tensor.of(booleans, booleans.length));
        assertArrayEquals(booleans, (boolean[]) Npy.read(file).storage().array());
        Npy.write(file, Tensor.ofUnsigned(bytes, bytes.length));
        assertArrayEquals(bytes, (byte[]) Npy.read(file).storage().array());
    }

    @Test
    void writesTheElementsOfAViewOnly() throws IOException {
        Tensor column = X.select(1, 2);
        Tensor row = X.select(0, 1);
        ByteArrayOutputStream columnOut = new ByteArrayOutputStream();
        ByteArrayOutputStream rowOut = new ByteArrayOutputStream();

        Npy.write(columnOut, column);
        Npy.write(rowOut, row);

        assertArrayEquals(new float[] {3, 6}, Npy.read(new ByteArrayInputStream(columnOut.toByteArray())).floats());
        assertArrayEquals(new float[] {4, 5, 6}, Npy.read(new ByteArrayInputStream(rowOut.toByteArray())).floats());
    }

    @Test
    void writesOneNaN() throws IOException {
        float[] floats = {Float.intBitsToFloat(0xffc00001), Float.intBitsToFloat(0x7fc12345)};
        double[] doubles = {Double.longBitsToDouble(0xfff8000000000001L)};
        ByteArrayOutputStream floatsOut = new ByteArrayOutputStream();
        ByteArrayOutputStream doublesOut = new ByteArrayOutputStream();

        Npy.write(floatsOut, Tensor.of(floats, 2));
        Npy.write(doublesOut, Tensor.of(doubles, 1));

        assertArrayEquals(new byte[] {0, 0, (byte) 0xc0, 0x7f, 0, 0, (byte) 0xc0, 0x7f}, data(floatsOut));
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x7f}, data(doublesOut));
    }

    private static byte[] data(ByteArrayOutputStream npy) {
        byte[] bytes = npy.toByteArray();
        return Arrays.copyOfRange(bytes, 128, bytes.length);
    }

    /** A header of more than 65535 bytes needs version 2. */
    @Test
    void writesVeryManyAxesInVersionTwo() throws IOException {
        int[] shape = new int[30_000];
        Arrays.fill(shape, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        Npy.write(out, Tensor.of(new float[] {7}, shape));
        byte[] bytes = out.toByteArray();
        Tensor x = Npy.read(new ByteArrayInputStream(bytes));

        assertEquals(2, bytes[6]);
        assertEquals(0, (bytes.length - Float.BYTES) % 64);
        assertArrayEquals(shape, x.shape());
        assertEquals(7, x.floats()[0]);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
