package dev.lanewise.bench.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** JMH's column «gflops»: 10^9 floating-point operations per second, a fused multiply-add counted as two. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class GigaFlops {
    /** 10^9 operations done; JMH divides by the time and resets it. */
    public double gflops;
}
