package dev.lanewise.core.conv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.lanewise.core.tensor.Tensor;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dContract;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.core.testkit.Fault;
import dev.lanewise.core.testkit.PlainProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The contract suite is a net: here it is held against providers that are known to have a hole. */
class TestKitTest {
    /** The suite on a provider with a fault; not found by name, only run from here. */
    static class Faulty extends Conv2dContract {
        static Fault[] faults = {};

        @Override
        protected Conv2dProvider provider() {
            return new PlainProvider(faults);
        }
    }

    private static final String SEED = "lanewise.seed";

    /** Where jqwik notes what failed, so that no run knows of another. */
    @TempDir
    Path temporary;

    /** Each property finds what it is there for, without the help of the others. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            agreesWithTheReference, TAPS_IN_ANOTHER_ORDER
            agreesWithTheReference, ONE_LONG_FOLD
            agreesWithTheReference, MULTIPLY_THEN_ADD
            agreesWithTheReference, BIAS_LOST
            agreesWithTheReference, BIAS_ADDED_LAST
            agreesWithTheReference, STRIDES_SWAPPED
            agreesWithTheReference, DILATION_OF_ROWS
            agreesWithTheReference, PADDING_OF_TOP
            agreesWithTheReference, LAST_COLUMN_MISSING
            agreesWithTheReference, PADDING_REPLICATED
            agreesWithTheReference, PADDING_SKIPPED
            agreesWithTheReference, PADDING_SKIPPED_ON_NEGATIVE_ZERO
            agreesWithTheReference, LAST_GROUP_MISSING
            agreesWithTheReference, GROUPS_INTERLEAVED
            agreesWithTheReference, FIRST_IMAGE_ONLY
            agreesWithTheReference, SUBNORMALS_FLUSHED
            agreesWithTheReference, SUBNORMAL_WEIGHTS_FLUSHED
            agreesWithTheReference, STRIDES_OF_X_IGNORED
            agreesWithTheReference, WRITES_BEHIND_Y
            agreesWithTheReference, WRITES_TO_X
            agreesWithTheReference, ADDS_TO_Y
            agreesWithTheReferenceOnLargeOnes, ONE_LONG_FOLD
            agreesWithTheReferenceOnLargeOnes, BIAS_ADDED_LAST
            isLinear, WRITES_TO_X
            pointwiseIsTheMatrixProduct, BIAS_LOST
            pointwiseIsTheMatrixProduct, FIRST_IMAGE_ONLY
            groupsAreConvolutionsOfTheirOwn, GROUPS_INTERLEAVED
            groupsAreConvolutionsOfTheirOwn, LAST_GROUP_MISSING
            imagesAreConvolutionsOfTheirOwn, FIRST_IMAGE_ONLY
            shiftsWithItsInput, STRIDES_SWAPPED
            shiftsWithItsInput, STRIDES_OF_X_IGNORED
            threadsChangeNothing, THREADS_ADD_UP
            aRunLeavesNothingBehind, FIRST_RUN_REPEATED
            aPlanIsForManyThreads, SCRATCH_SHARED
            aPlanOwnsItsWeights, WEIGHT_NOT_COPIED
            flushesSubnormalWeightsOnRequest, SUBNORMAL_WEIGHTS_KEPT
            plansForOtherSizesShareWeights, BIAS_LOST_IN_REPLANNING
            badArgumentsLeaveEverythingAsItIs, UNCHECKED_RUN
            aPlanSaysWhatItIs, MISLABELLED
            unknownAlgorithmsAreRefused, ANY_ALGORITHM
            """)
    void findsTheFault(String property, Fault fault) {
        List<Failure> failures = run("OFF",
                selectMethod(Faulty.class, property, property.startsWith("unknown") ? "" : Conv2dCase.class.getName()),
                fault);
        assertEquals(1, failures.size(), "200 tries of " + property + " did not find " + fault);
        Throwable failure = failures.getFirst().getException();
        assertInstanceOf(AssertionError.class, failure.getCause() == null ? failure : failure.getCause());
    }

    /** A shrunk case can be run alone, and is about as small as one that shows the fault can be. */
    @Test
    void shrinksToASmallCaseThatCanBeReplayed() {
        Failure failure = run("FULL", selectMethod(Faulty.class, "agreesWithTheReference", Conv2dCase.class.getName()),
                Fault.BIAS_LOST).getFirst();
        Matcher text = Pattern.compile("-D" + Conv2dContract.REPLAY + "=\"(.*)\"")
                .matcher(failure.getException().getMessage());
        assertTrue(text.find(), failure.getException().getMessage());
        Conv2dCase shrunk = Conv2dCase.parse(text.group(1));

        assertEquals(text.group(1), shrunk.toString());
        assertTrue(shrunk.shape().flops() <= 20, shrunk.toString());
    }

    @Test
    void aDifferenceShowsItsBits() {
        AssertionError error = assertThrows(AssertionError.class,
                () -> Equality.assertSameBits(Tensor.of(new float[] {-2}, 1), Tensor.of(new float[] {0}, 1)));
        assertTrue(error.toString().contains("expected -2.0 (0xc0000000), but got 0.0 (0x00000000)"), error.toString());
    }

    private List<Failure> run(String shrinking, DiscoverySelector what, Fault... faults) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(what)
                .filters(EngineFilter.includeEngines("jqwik"))
                .configurationParameter("jqwik.tries.default", "200")
                .configurationParameter("jqwik.database", temporary.resolve("jqwik-database").toString())
                .configurationParameter("jqwik.shrinking.default", shrinking)
                .configurationParameter("jqwik.reporting.usejunitplatform", "true").build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Faulty.faults = faults;
        System.setProperty(SEED, "1"); // a build does not fail by bad luck
        try {
            LauncherFactory.create().execute(request, listener);
        } finally {
            System.clearProperty(SEED);
        }
        assertTrue(listener.getSummary().getTestsStartedCount() > 0, "nothing was run");
        return listener.getSummary().getFailures();
    }
}
