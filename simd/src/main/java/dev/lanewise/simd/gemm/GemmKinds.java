package dev.lanewise.simd.gemm;

import dev.lanewise.core.gemm.GemmCall;
import dev.lanewise.core.gemm.GemmOperand;
import dev.lanewise.core.numerics.NumericsContract;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.simd.warmup.Heat;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The kinds of products that there have been, and how hot each is. Products of one kind run through the same micro-kernels: they have the same m, n,
 * type and layout, and both have or have not more than one block of k.
 *
 * <p>There is an end to it: after some kinds, which between them have warmed up most micro-kernels, any further one is taken to be hot.
 */
final class GemmKinds {
    private static final int MOST = 128;
    private static final int SLOTS = 4 * MOST;
    private static final AtomicReferenceArray<Kind> KINDS = new AtomicReferenceArray<>(SLOTS); // open addressing, nothing is ever removed
    private static int count;

    /** A kind; {@code traits} are all that is not m and n. */
    private record Kind(int m, int n, int traits, Heat heat) {
    }

    private GemmKinds() {
    }

    /** How hot the kind of a call is. Allocates nothing when asked again. */
    static Heat heat(GemmCall call) {
        int m = call.m();
        int n = call.n();
        int traits = traits(call);
        int hash = (m * 0x9E3779B1 + n) * 0x85EBCA6B + traits * 0xC2B2AE35;
        int slot = (hash >>> 16) % SLOTS;
        for (Kind kind = KINDS.get(slot); kind != null; kind = KINDS.get(slot)) {
            if (kind.m == m && kind.n == n && kind.traits == traits) {
                return kind.heat;
            }
            slot = (slot + 1) % SLOTS;
        }
        return add(call, m, n, traits, slot);
    }

    private static synchronized Heat add(GemmCall call, int m, int n, int traits, int slot) {
        if (KINDS.get(slot) != null) { // somebody was faster
            return heat(call);
        }
        if (count == MOST) {
            return Heat.presumed();
        }
        count++;
        Heat heat = GemmRehearsal.heat(call);
        KINDS.set(slot, new Kind(m, n, traits, heat));
        return heat;
    }

    private static int traits(GemmCall call) {
        int traits = layout(call.a()) * 16 + layout(call.b()) * 4 + layout(call.c());
        traits = 2 * traits + (call.k() > NumericsContract.KC ? 1 : 0);
        traits = 2 * traits + (call.beta() == 0 ? 1 : 0);
        return 2 * traits + (call.dtype() == DType.FLOAT32 ? 1 : 0);
    }

    private static int layout(GemmOperand operand) {
        if (operand.packed() != null) {
            return 3;
        }
        return operand.columnStride() == 1 ? 0 : operand.rowStride() == 1 ? 1 : 2;
    }
}
