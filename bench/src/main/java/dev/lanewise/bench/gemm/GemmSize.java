package dev.lanewise.bench.gemm;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sizes of a matrix product, written {@code m x n x k} without spaces.
 *
 * @param m the rows of C and A
 * @param n the columns of C and B
 * @param k the columns of A and rows of B
 */
record GemmSize(int m, int n, int k) {
    /** Cubes, and what 3x3 convolutions of a network come to. */
    static final List<GemmSize> ALL = Stream
            .concat(IntStream.of(64, 128, 256, 512, 1024, 2048).mapToObj(size -> new GemmSize(size, size, size)),
                    Stream.of(new GemmSize(512, 49, 4608), new GemmSize(64, 3136, 576), new GemmSize(256, 3136, 64)))
            .toList();

    static GemmSize parse(String text) {
        int[] sizes = Arrays.stream(text.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        return new GemmSize(sizes[0], sizes[1], sizes[2]);
    }

    /** What it is averaged with. */
    String group() {
        return m == n && n == k ? "cube" : "layer";
    }

    @Override
    public String toString() {
        return m + "x" + n + "x" + k;
    }
}
