package dev.lanewise.bench.verify;

import dev.lanewise.bench.io.Progress;
import dev.lanewise.core.tensor.DType;
import dev.lanewise.core.testkit.Conv2dCase;
import dev.lanewise.core.testkit.Conv2dContract;
import dev.lanewise.core.testkit.Equality;
import dev.lanewise.core.testkit.Settings;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** One run of a contract's properties, one after the other, until one does not hold. */
public final class ContractRun {
    /** So often a bar that is drawn once or twice a second gets news. */
    private static final long NOTE_NANOS = 200_000_000;

    /** The properties that hold the provider against itself cost several runs a try, and find what they are for in fewer. */
    private static final int SHARE_OF_OTHERS = 4;

    /** A subject that refuses nearly all of a kind of convolutions is not asked for it. */
    private static final int MOST_REFUSALS = 20_000;

    /** How long to look for a smaller counter-example. */
    private static final long SHRINKING_NANOS = 20_000_000_000L;
    /** The run that this thread is in. */
    private static final ScopedValue<ContractRun> RUN = ScopedValue.newInstance();
    private static final Logger JQWIK = Logger.getLogger("net.jqwik");

    private final Subject subject;
    private final int tries;
    private final long seed;
    private final ValueKind values;
    private final @Nullable Conv2dCase only;
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Coverage coverage = new Coverage();
    private @Nullable Progress progress;
    private int done;
    private boolean shrinking;
    private long failed;
    private long started;
    private long noted;
    private long comparedBefore;

    /**
     * A run that has not started.
     *
     * @param tries random convolutions that are compared with the reference; the other properties try a quarter as many each
     * @param seed the same seed draws the same convolutions
     * @param values which convolutions to draw
     * @param only the one convolution to try instead, or null
     */
    public ContractRun(Subject subject, int tries, long seed, ValueKind values, @Nullable Conv2dCase only) {
        this.subject = subject;
        this.tries = only == null ? tries : 1;
        this.seed = seed;
        this.values = values;
        this.only = only;
    }

    /** The run whose property this thread is trying. */
    static ContractRun current() {
        return RUN.get();
    }

    /**
     * Runs the properties, with a progress bar.
     *
     * @return the first that does not hold, with the smallest convolution found that shows it
     */
    public Optional<Counterexample> execute() {
        List<Method> properties = properties();
        long all = properties.stream().mapToLong(this::tries).sum();
        JQWIK.setLevel(Level.SEVERE); // it tells that there is no database, each time
        started = System.nanoTime();
        comparedBefore = Equality.compared();
        try (Progress bar = Progress.show("verify", all); SystemProperties settings = settings()) {
            progress = bar;
            return ScopedValue.where(RUN, this)
                    .call(() -> properties.stream().map(property -> {
                        settings.set(Settings.TRIES, Integer.toString(setting(property)));
                        return falsify(property);
                    }).flatMap(Optional::stream).findFirst());
        }
    }

    /** The comparison with the reference first: what it finds is the easiest to understand. */
    private List<Method> properties() {
        return Arrays.stream(subject.strength().contract().getMethods())
                .filter(method -> method.isAnnotationPresent(Property.class)
                        || method.isAnnotationPresent(Example.class))
                .sorted(Comparator.comparing((Method method) -> !isComparison(method)).thenComparing(Method::getName))
                .toList();
    }

    private static boolean isComparison(Method property) {
        return property.getName().startsWith("agrees") || property.getName().startsWith("isWithin");
    }

    /** What the kit takes as the number of tries of a property that has no number of its own. */
    private int setting(Method property) {
        return isComparison(property) ? tries : Math.ceilDiv(tries, SHARE_OF_OTHERS);
    }

    /** How many tries that makes. */
    private int tries(Method method) {
        Property property = method.getAnnotation(Property.class);
        return property == null
                ? 1
                : Settings.share(setting(method), property.tries() == 0 ? Settings.USUAL : property.tries());
    }

    private SystemProperties settings() {
        SystemProperties settings = new SystemProperties();
        settings.set(Settings.SEED, Long.toString(seed));
        if (only != null) {
            settings.set(Conv2dContract.REPLAY, only.toString());
        }
        return settings;
    }

    private Optional<Counterexample> falsify(Method property) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectMethod(subject.strength().contract(), property))
                .filters(EngineFilter.includeEngines("jqwik"))
                .configurationParameter("jqwik.database", "") // a failure is repeated by its seed, not by a file
                .configurationParameter("jqwik.shrinking.default", "FULL") // in this thread; Watch sets its end
                .configurationParameter("jqwik.reporting.usejunitplatform", "true").build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        List<Failure> failures = summary.getFailures();
        if (failures.isEmpty() && summary.getTestsSucceededCount() != 1) {
            throw new IllegalStateException("the property " + property.getName() + " was not run");
        }
        return failures.stream().map(failure -> Counterexample.of(property.getName(), failure.getException()))
                .findFirst();
    }

    /** The engines alone, without what else may be found on the class path. */
    private static Launcher launcher() {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false).enablePostDiscoveryFilterAutoRegistration(false)
                .build());
    }

    /** What is drawn. */
    Arbitrary<Conv2dCase> cases() {
        return CaseMix.of(dtypes()).filter(MOST_REFUSALS, this::accepts);
    }

    /** The large ones among what is drawn. */
    Arbitrary<Conv2dCase> largeCases() {
        return CaseMix.large(dtypes()).filter(MOST_REFUSALS, this::accepts);
    }

    DType[] dtypes() {
        return subject.dtypes().toArray(DType[]::new);
    }

    /** Whether a convolution is of the kind that is wanted, and the subject has a way to compute it; counts what it has not. */
    private boolean accepts(Conv2dCase c) {
        if (!values.has(c)) {
            return false;
        }
        Optional<String> lack = subject.lacks(c);
        if (!shrinking) {
            lack.ifPresent(what -> refused.merge(what, 1, Integer::sum));
        }
        return lack.isEmpty();
    }

    /** Counts a try. After the first that fails there are only those by which jqwik shrinks it. */
    void tried(@Nullable Conv2dCase c, boolean holds) {
        if (!holds && !shrinking) {
            shrinking = true;
            failed = System.nanoTime();
        }
        if (shrinking) {
            return;
        }
        done++;
        if (c != null) {
            coverage.add(c);
        }
        long now = System.nanoTime();
        if (progress != null && now - noted > NOTE_NANOS) {
            noted = now;
            progress.stepTo(done);
            progress.note(String.format(Locale.ROOT, "%.0f shapes/s, %.1fM elements", done / seconds(),
                    compared() / 1e6));
        }
    }

    /** Whether the counter-example is to stay as it is now. */
    boolean isSmallEnough() {
        return shrinking && System.nanoTime() - failed > SHRINKING_NANOS;
    }

    /** What is verified. */
    public Subject subject() {
        return subject;
    }

    /** How many tries held. */
    public int done() {
        return done;
    }

    /** How many elements were compared bit by bit. */
    public long compared() {
        return Equality.compared() - comparedBefore;
    }

    /** Seconds since the start. */
    public double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** How many convolutions were drawn in vain because the subject has no way to compute them, by what that is. */
    public Map<String, Integer> refused() {
        return refused;
    }

    /** What was tried. */
    public Coverage coverage() {
        return coverage;
    }
}
