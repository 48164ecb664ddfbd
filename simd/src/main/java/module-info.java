/** Kernels on the Vector API. Programs use them through dev.lanewise.core, which finds this module as a service. */
module dev.lanewise.simd {
    requires transitive dev.lanewise.core;
    requires jdk.incubator.vector;
    requires static org.jspecify;

    exports dev.lanewise.simd;

    provides dev.lanewise.core.gemm.GemmProvider with dev.lanewise.simd.gemm.SimdGemm;
    provides dev.lanewise.core.conv.Conv2dProvider with dev.lanewise.simd.SimdProvider;
}
