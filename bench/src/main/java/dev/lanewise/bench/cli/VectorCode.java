package dev.lanewise.bench.cli;

import dev.lanewise.simd.environment.WarmupMode;

/** Lets vector code compute from the first call on, where plain loops would until it is hot: for commands that are about vector code. */
final class VectorCode {
    private VectorCode() {
    }

    /** Unless the user has said something else. To be called before anything is computed. */
    static void atOnce() {
        if (System.getProperty(WarmupMode.PROPERTY) == null) {
            System.setProperty(WarmupMode.PROPERTY, "vector");
        }
    }
}
