package dev.lanewise.bench.coldstart;

import java.util.List;

/** How a fresh JVM computes. */
public enum ColdMode {
    /** As Lanewise does by itself. */
    AUTO("-Dlanewise.warmup=daemon"),
    /** Plain loops for good. */
    PLAIN("-Dlanewise.warmup=plain"),
    /** The same loops, kept from becoming vector instructions. */
    SCALAR("-Dlanewise.warmup=plain -XX:-UseSuperWord"),
    /** Vector code from the first call on. */
    VECTOR("-Dlanewise.warmup=vector"),
    /** As by itself, without a thread. */
    OFF("-Dlanewise.warmup=off"),
    /** The reference. */
    REFERENCE("-Dlanewise.provider=reference"),
    /** {@link #AUTO} with an AOT cache that was made by a run of the same program. */
    AUTO_AOT("-Dlanewise.warmup=daemon"),
    /** {@link #PLAIN} with an AOT cache. */
    PLAIN_AOT("-Dlanewise.warmup=plain"),
    /** {@link #VECTOR} with an AOT cache. */
    VECTOR_AOT("-Dlanewise.warmup=vector");

    private final String options;

    ColdMode(String options) {
        this.options = options;
    }

    List<String> options() {
        return List.of(options.split(" ", -1));
    }

    boolean hasCache() {
        return name().endsWith("_AOT");
    }
}
