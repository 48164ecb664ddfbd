package dev.lanewise.simd.conv;

import dev.lanewise.core.tensor.Tensor;

/** Where the elements of a tensor [N, C, H, W] or [C, H, W] lie in its array, in elements. Set anew for each run, so that runs allocate nothing. */
final class Layout {
    int offset;
    int image;
    int channel;
    int row;
    int column;

    void set(Tensor tensor) {
        int axes = tensor.rank();
        offset = tensor.offset();
        image = axes == 4 ? tensor.stride(0) : 0;
        channel = tensor.stride(axes - 3);
        row = tensor.stride(axes - 2);
        column = tensor.stride(axes - 1);
    }

    /** Whether the pixels of a plane lie one behind the other, row after row. */
    boolean isPlaneDense(int columns) {
        return column == 1 && row == columns;
    }

    /** Where element (n, c, h, w) lies. */
    int at(int n, int c, int h, int w) {
        return offset + n * image + c * channel + h * row + w * column;
    }
}
