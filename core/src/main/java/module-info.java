/** Tensors, the reference convolution that specifies every fast one, and the ladder that picks a provider. */
module dev.lanewise.core {
    requires jdk.management;
    requires static org.jspecify;

    exports dev.lanewise.core.conv;
    exports dev.lanewise.core.epilogue;
    exports dev.lanewise.core.gemm;
    exports dev.lanewise.core.nn;
    exports dev.lanewise.core.npy;
    exports dev.lanewise.core.numerics;
    exports dev.lanewise.core.ops;
    exports dev.lanewise.core.parallel;
    exports dev.lanewise.core.platform;
    exports dev.lanewise.core.print;
    exports dev.lanewise.core.provider;
    exports dev.lanewise.core.random;
    exports dev.lanewise.core.tensor;

    uses dev.lanewise.core.conv.Conv2dProvider;
    uses dev.lanewise.core.gemm.GemmProvider;
}
