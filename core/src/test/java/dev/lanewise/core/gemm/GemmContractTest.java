package dev.lanewise.core.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.lanewise.core.testkit.GemmCase;
import dev.lanewise.core.testkit.GemmContract;
import dev.lanewise.core.testkit.PlainGemm;
import dev.lanewise.core.testkit.PlainGemm.Mistake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The contract of matrix products is a net: here it is held against providers that are known to have a hole. */
class GemmContractTest {
    /** The suite on a provider with a mistake; not found by name, only run from here. */
    static class Mistaken extends GemmContract {
        static Mistake[] mistakes = {};

        @Override
        protected GemmProvider provider() {
            return new PlainGemm(mistakes);
        }
    }

    /** Where jqwik notes what failed, so that no run knows of another. */
    @TempDir
    Path temporary;

    /** Each property finds what it is there for, without the help of the others. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            agreesWithTheReference, ONE_LONG_FOLD
            agreesWithTheReference, MULTIPLY_THEN_ADD
            agreesWithTheReference, ALPHA_FIRST
            agreesWithTheReference, READS_C
            agreesWithTheReference, BETA_LAST
            agreesWithTheReference, LAST_COLUMN_MISSING
            agreesWithTheReference, A_TRANSPOSED
            agreesWithTheReference, FIRST_B_ONLY
            agreesWithTheReference, WRITES_BEHIND_C
            agreesWithTheReference, WRITES_TO_A
            agreesWithTheReferenceOnLargeOnes, ONE_LONG_FOLD
            agreesWithThePlainFold, BETA_LAST
            isExactOnIntegers, LAST_COLUMN_MISSING
            isExactOnIntegers, FIRST_B_ONLY
            whatIsNotNeededIsNotRead, READS_C
            threadsChangeNothing, THREADS_ADD_UP
            packingChangesNothing, PACKED_NOT_COPIED
            productsOfABatchAreProductsOfTheirOwn, FIRST_B_ONLY
            theTransposeIsTheProductOfTheTransposes, ALPHA_FIRST
            """)
    void findsTheMistake(String property, Mistake mistake) {
        List<Failure> failures = run(property, mistake);
        assertEquals(1, failures.size(), "200 tries of " + property + " against " + mistake);
        Throwable failure = failures.getFirst().getException();
        assertInstanceOf(AssertionError.class, failure.getCause() == null ? failure : failure.getCause());
    }

    @Test
    void readsACaseFromItsText() {
        String text = "gemm=float64 sizes=2,3,4,257 factors=1.7,-0.0 values=hostile,tiny layout=steps,column_major,cut_columns seed=17";
        assertEquals(text, GemmCase.parse(text).toString());
    }

    private List<Failure> run(String property, Mistake... mistakes) {
        MethodSelector method = selectMethod(Mistaken.class, property, GemmCase.class.getName());
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Mistaken.mistakes = mistakes;
        System.setProperty("lanewise.seed", "1"); // a build does not fail by bad luck
        try {
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(method)
                    .filters(EngineFilter.includeEngines("jqwik"))
                    .configurationParameter("jqwik.tries.default", "200")
                    .configurationParameter("jqwik.database", temporary.resolve("jqwik-database").toString())
                    .configurationParameter("jqwik.shrinking.default", "OFF").build(), listener);
        } finally {
            System.clearProperty("lanewise.seed");
        }
        assertEquals(1, listener.getSummary().getTestsStartedCount());
        return listener.getSummary().getFailures();
    }
}
