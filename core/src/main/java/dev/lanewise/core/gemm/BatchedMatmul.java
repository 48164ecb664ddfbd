package dev.lanewise.core.gemm;

import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Shapes;
import dev.lanewise.core.tensor.Tensor;

/** PyTorch's rules for {@code matmul}: vectors become matrices, batch axes broadcast. */
final class BatchedMatmul {
    private BatchedMatmul() {
    }

    static Tensor of(Tensor a, Tensor b, Workers workers) {
        if (a.rank() == 0 || b.rank() == 0) {
            throw new IllegalArgumentException("both arguments to matmul need to be at least 1D, but they are "
                    + a.rank() + "D and " + b.rank() + "D");
        }
        Gemm.checkTypes(a, b);
        Tensor left = a.rank() == 1 ? a.unsqueeze(0) : a;
        Tensor right = b.rank() == 1 ? b.unsqueeze(1) : b;
        if (left.size(-1) != right.size(-2)) {
            throw new IllegalArgumentException("mat1 and mat2 shapes cannot be multiplied ("
                    + left.size(-2) + "x" + left.size(-1) + " and " + right.size(-2) + "x" + right.size(-1) + ")");
        }
        int[] batch = broadcast(a, b, left, right);
        Tensor c = Tensor.zeros(a.dtype(), with(batch, left.size(-2), right.size(-1)));
        if (c.numel() > 0) {
            run(left.expand(with(batch, left.size(-2), left.size(-1))),
                    right.expand(with(batch, right.size(-2), right.size(-1))), c, workers);
        }
        Tensor rowless = a.rank() == 1 ? c.select(-2, 0) : c;
        return b.rank() == 1 ? rowless.select(-1, 0) : rowless;
    }

    /** All batches but the innermost one by one. */
    private static void run(Tensor a, Tensor b, Tensor c, Workers workers) {
        if (c.rank() <= 3) {
            Gemm.multiply(1, a, b, 0, c, workers);
            return;
        }
        for (int i = 0; i < c.size(0); i++) {
            run(a.select(0, i), b.select(0, i), c.select(0, i), workers);
        }
    }

    private static int[] broadcast(Tensor a, Tensor b, Tensor left, Tensor right) {
        int axes = Math.max(left.rank(), right.rank()) - 2;
        int[] sizes = new int[axes];
        for (int i = 1; i <= axes; i++) {
            int x = i <= left.rank() - 2 ? left.size(-2 - i) : 1;
            int y = i <= right.rank() - 2 ? right.size(-2 - i) : 1;
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException("the batch axes of " + Shapes.format(a.shape()) + " and "
                        + Shapes.format(b.shape()) + " cannot be broadcast: " + x + " and " + y);
            }
            sizes[axes - i] = x == 1 ? y : x;
        }
        return sizes;
    }

    private static int[] with(int[] batch, int rows, int columns) {
        int[] shape = new int[batch.length + 2];
        System.arraycopy(batch, 0, shape, 0, batch.length);
        shape[batch.length] = rows;
        shape[batch.length + 1] = columns;
        return shape;
    }
}
