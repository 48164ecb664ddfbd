package dev.lanewise.bench.fuzz;

import dev.lanewise.core.npy.Npy;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Equality;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A {@code .npy} file: read, and then written and read again with the same elements; or refused. */
public final class NpyFuzz {
    private static final long BUFFERS = 1 << 19;

    private NpyFuzz() {
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] file) {
        AllocationBound.check(BUFFERS, file.length, () -> {
            Tensor tensor;
            try {
                tensor = read(file);
            } catch (IllegalArgumentException refused) {
                return;
            }
            Equality.assertSameBits(tensor, read(write(tensor)));
        });
    }

    private static Tensor read(byte[] file) {
        try {
            return Npy.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(Tensor tensor) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            Npy.write(file, tensor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
