package dev.lanewise.bench.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.conv.ConvContestant;
import dev.lanewise.bench.conv.ConvPeer;
import dev.lanewise.bench.conv.ConvProblem;
import dev.lanewise.bench.layers.Layer;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProviders;
import dev.lanewise.core.conv.Conv2dShape;
import dev.lanewise.core.conv.PaddingMode;
import dev.lanewise.core.parallel.Workers;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Fault;
import dev.lanewise.core.testkit.PlainProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries are verified as native ones are, but written in Java, so that it is known what is to be found. */
class PeerVerificationTest {
    @TempDir
    private Path folder = Path.of("");
    private final StringWriter out = new StringWriter();

    @Test
    void anotherOrderOfSumsIsWithinTheBound() throws IOException {
        assertTrue(verify(new Library(Fault.TAPS_IN_ANOTHER_ORDER, Fault.MULTIPLY_THEN_ADD)), out.toString());

        assertTrue(out.toString().contains("library in float32, within the error bound of any order of sums"),
                out.toString());
        assertTrue(out.toString().contains("skipped, for it has no way to say padding mode circular: "),
                out.toString());
    }

    @Test
    void whatIsWrongAtTheBorderAloneIsSaidOfTheBorderAlone() throws IOException {
        assertFalse(verify(new Library(Fault.PADDING_SKIPPED)), out.toString());

        List<String> failed = out.toString().lines().filter(line -> line.contains("does not hold, after")).toList();
        assertEquals(1, failed.size(), out.toString());
        assertTrue(failed.getFirst().contains(ValueKind.HOSTILE_BORDER.label()), out.toString());
        assertTrue(Files.exists(folder.resolve("library-hostile_border").resolve("expected.npy")));
        assertTrue(out.toString().contains("./lanewise verify --against=library --case 'dtype=float32 "),
                out.toString());
    }

    @Test
    void theTableTellsWhoseBitsChange() {
        PrintWriter writer = new PrintWriter(out);
        new BitTable(List.of(Layer.parse("1,4,6,6,5,3,1,1,1,1"), Layer.parse("1,64,5,5,7,3,2,1,1,1")))
                .print(List.of(Conv2dProviders.byName("simd"),
                        new PeerProvider(new Library(Fault.MULTIPLY_THEN_ADD)),
                        new PeerProvider(new Library(Fault.THREADS_ADD_UP))), writer);
        writer.flush();

        assertTrue(out.toString().contains("| simd | 2 | 2 | 2 | 2 | 2 |"), out.toString());
        assertTrue(out.toString().contains("| library | 0 | 2 | 2 | 2 | 2 |"), out.toString());
        assertTrue(out.toString().contains("| library | 2 | 2 | 0 | 0 | 2 |"), out.toString());
    }

    private boolean verify(ConvPeer peer) throws IOException {
        PrintWriter writer = new PrintWriter(out);
        boolean holds = new PeerVerification(100, 1, List.of(DType.FLOAT32), null, folder, writer).verify(peer);
        writer.flush();
        return holds;
    }

    /** Knows zeros as padding only. */
    private static final class Library implements ConvPeer {
        private final PlainProvider plain;

        Library(Fault... faults) {
            this.plain = new PlainProvider(faults);
        }

        @Override
        public String name() {
            return "library";
        }

        @Override
        public String describe() {
            return "written in Java";
        }

        @Override
        public Optional<String> lacks(Conv2dShape shape) {
            return shape.paddingMode() == PaddingMode.ZEROS
                    ? Optional.empty()
                    : Optional.of("padding mode " + shape.paddingMode().label());
        }

        @Override
        public ConvContestant prepare(ConvProblem problem, int threads) {
            return new Run(plain, problem, threads);
        }
    }

    private record Run(PlainProvider plain, ConvProblem problem, int threads) implements ConvContestant {
        @Override
        public String name() {
            return "library";
        }

        @Override
        public String algorithm() {
            return "plain";
        }

        @Override
        public double flops() {
            return problem.shape().flops();
        }

        @Override
        public void call() {
            output();
        }

        @Override
        public Tensor output() {
            Tensor y = Tensor.zeros(problem.shape().dtype(), problem.shape().outputShape());
            try (Workers workers = Workers.threads(threads)) {
                plain.plan(problem.shape(), problem.weight(), problem.bias(),
                        Conv2dOptions.DEFAULT.withWorkers(workers)).run(problem.x(), y);
            }
            return y;
        }
    }
}
