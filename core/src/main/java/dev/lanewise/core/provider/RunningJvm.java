package dev.lanewise.core.provider;

import dev.lanewise.core.platform.HotSpot;

/**
 * What the ladder has to know of the JVM.
 *
 * @param hasVectorModule whether the incubator module of the Vector API is readable
 * @param hasC2 whether the optimizing compiler is in use
 * @param vectorBits the widest vector, in bits
 * @param hasFma whether a fused multiply-add is one instruction
 * @param feature the version, 25 for one
 */
record RunningJvm(boolean hasVectorModule, boolean hasC2, int vectorBits, boolean hasFma, int feature) {
    static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** The one that this runs on. */
    static RunningJvm here() {
        return new RunningJvm(vectorModuleReadable(), HotSpot.hasC2(), HotSpot.maxVectorBits(), HotSpot.hasFma(),
                Runtime.version().feature());
    }

    /** In the boot layer on the class path; in our own layer where an application made one. */
    private static boolean vectorModuleReadable() {
        ModuleLayer own = RunningJvm.class.getModule().getLayer();
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()
                || (own != null && own.findModule(VECTOR_MODULE).isPresent());
    }
}
