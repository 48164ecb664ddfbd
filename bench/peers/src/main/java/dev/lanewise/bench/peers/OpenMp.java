package dev.lanewise.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** The number of threads of libraries that use GNU OpenMP and have no call of their own for it. */
final class OpenMp {
    private OpenMp() {
    }

    /** Sets it for what the calling thread will call; a library that uses OpenMP has to be loaded already. */
    @SuppressWarnings("restricted") // native access is what this is for
    static void setThreads(int threads) {
        SymbolLookup gomp = SymbolLookup.libraryLookup("libgomp.so.1", Arena.global());
        try {
            Linker.nativeLinker().downcallHandle(gomp.findOrThrow("omp_set_num_threads"),
                    FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)).invokeExact(threads);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot set OpenMP's number of threads to " + threads, e);
        }
    }
}
