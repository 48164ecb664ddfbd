package dev.lanewise.core.tensor;

/** Copies elements between two tensors of the same type and shape, a run at a time where both rows are dense. */
final class StridedCopy {
    private StridedCopy() {
    }

    static void run(Tensor from, Tensor to) {
        if (from.numel() == 0) {
            return;
        }
        if (from.isContiguous() && to.isContiguous()) {
            System.arraycopy(from.storage().array(), from.offset(), to.storage().array(), to.offset(), from.numel());
            return;
        }
        int last = from.rank() - 1;
        if (from.stride(last) == 1 && to.stride(last) == 1) {
            rows(from, to, from.size(last));
        } else {
            elements(from, to);
        }
    }

    private static void rows(Tensor from, Tensor to, int length) {
        Positions source = from.select(-1, 0).positions();
        Positions target = to.select(-1, 0).positions();
        while (source.hasNext()) {
            System.arraycopy(from.storage().array(), source.next(), to.storage().array(), target.next(), length);
        }
    }

    private static void elements(Tensor from, Tensor to) {
        Positions source = from.positions();
        Positions target = to.positions();
        switch (from.dtype()) {
            case FLOAT32 -> {
                float[] x = from.floats();
                float[] y = to.floats();
                while (source.hasNext()) {
                    y[target.next()] = x[source.next()];
                }
            }
            case FLOAT64 -> {
                double[] x = from.doubles();
                double[] y = to.doubles();
                while (source.hasNext()) {
                    y[target.next()] = x[source.next()];
                }
            }
            default -> { // integers and bool pass through long unchanged
                while (source.hasNext()) {
                    to.storage().setLong(target.next(), from.storage().getLong(source.next()));
                }
            }
        }
    }
}
