package dev.lanewise.simd.conv;

import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.Tensor;

/** One run of an algorithm: the tensors it works on, its scratch, and its work in numbered pieces. Used again after it has ended. */
abstract class ConvRun implements Workers.Task {
    final Layout x = new Layout();
    final Layout y = new Layout();

    /** The number of pieces. */
    abstract int tasks();

    /** Takes the arrays of the tensors. */
    abstract void bind(Object xArray, Object yArray);

    /** Lets go of the arrays, so that a run that waits for its next use does not keep the caller's alive. */
    abstract void release();

    final void bind(Tensor xTensor, Tensor yTensor) {
        x.set(xTensor);
        y.set(yTensor);
        bind(xTensor.storage().array(), yTensor.storage().array());
    }
}
