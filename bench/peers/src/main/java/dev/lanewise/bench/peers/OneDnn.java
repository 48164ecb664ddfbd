package dev.lanewise.bench.peers;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** oneDNN on the processor: engine, stream and memory. */
final class OneDnn {
    private final engine cpu = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    private final dnnl_stream handle = queue.get();

    /** With so many threads for what the calling thread runs. */
    OneDnn(int threads) {
        OpenMp.setThreads(threads);
    }

    static String version() {
        dnnl_version_t version = dnnl.version();
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch();
    }

    engine engine() {
        return cpu;
    }

    /** Memory of that layout, aligned as oneDNN wants it. */
    memory allocate(memory.desc layout) {
        return new memory(layout, cpu);
    }

    static void write(memory to, float[] values) {
        floats(to, values.length).put(values);
    }

    static float[] read(memory from, int length) {
        float[] values = new float[length];
        floats(from, length).get(values);
        return values;
    }

    private static FloatPointer floats(memory of, long length) {
        Pointer data = of.get_data_handle();
        return new FloatPointer(data).capacity(length);
    }

    /** A primitive with its arguments, so that running it is one call. */
    Step step(primitive operation, int[] roles, memory... memories) {
        dnnl_exec_arg_t arguments = new dnnl_exec_arg_t(roles.length);
        for (int i = 0; i < roles.length; i++) {
            arguments.getPointer(i).arg(roles[i]).memory(memories[i].get());
        }
        return new Step(operation, operation.get(), arguments, roles.length, memories);
    }

    /** Runs a step; on the processor it is done when the call returns. */
    void run(Step step) {
        int status = dnnl.dnnl_primitive_execute(step.handle, handle, step.count, step.arguments);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN failed with status " + status);
        }
    }

    /** See {@link #step}. Keeps what the arguments point to. */
    static final class Step {
        private final primitive operation;
        private final dnnl_primitive handle;
        private final dnnl_exec_arg_t arguments;
        private final int count;
        private final memory[] memories;

        private Step(primitive operation, dnnl_primitive handle, dnnl_exec_arg_t arguments, int count,
                memory[] memories) {
            this.operation = operation;
            this.handle = handle;
            this.arguments = arguments;
            this.count = count;
            this.memories = memories;
        }

        void close() {
            arguments.close();
            operation.close();
            for (memory each : memories) {
                each.close();
            }
        }
    }
}
