package dev.lanewise.simd.conv;

import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** One run of an algorithm: the tensors it works on, its scratch, and its work in numbered pieces. Used again after it has ended. */
abstract class ConvRun implements Workers.Task {
    final Layout x = new Layout();
    final Layout y = new Layout();
    /** Of the residual; left as it was in a run without one. */
    final Layout residual = new Layout();

    /** The number of pieces. */
    abstract int tasks();

    /** Takes the arrays of the tensors; that of the residual is null in a run without one. */
    abstract void bind(Object xArray, @Nullable Object residualArray, Object yArray);

    /** Lets go of the arrays, so that a run that waits for its next use does not keep the caller's alive. */
    abstract void release();

    final void bind(Tensor xTensor, @Nullable Tensor residualTensor, Tensor yTensor) {
        x.set(xTensor);
        y.set(yTensor);
        if (residualTensor != null) {
            residual.set(residualTensor);
        }
        bind(xTensor.storage().array(), residualTensor == null ? null : residualTensor.storage().array(),
                yTensor.storage().array());
    }
}
