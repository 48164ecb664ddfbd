package dev.lanewise.core.testkit;

import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.tensor.DType;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What properties of a {@link Conv2dProvider} have in common: whom they are about, what is drawn, and how a failure is replayed.
 *
 * <h2>Replaying a failure</h2>
 * The message ends with the shrunk case. {@code -Dlanewise.case="dtype=float32 x=..."} runs that one alone.
 *
 * <h2>Settings</h2>
 * <ul>
 * <li>{@code -Dlanewise.tries=n}: tries a property; without it jqwik's own setting counts ({@code jqwik.tries.default}, 1000 unless it
 * is set in {@code junit-platform.properties}).
 * <li>{@code -Dlanewise.seed=n}: the seed of every property; without it a random one, which jqwik reports.
 * </ul>
 */
@AddLifecycleHook(Settings.class)
@AddLifecycleHook(Replay.class)
public abstract class Conv2dProperties {
    /** The system property that holds the one case to run. */
    public static final String REPLAY = Replay.PROPERTY;
    /** An algorithm that is so special that it computes less than one random case in this many is not worth its name. */
    private static final int MOST_REFUSALS = 20_000;

    /** For subclasses. */
    protected Conv2dProperties() {
    }

    /** The provider that is held to the contract. */
    protected abstract Conv2dProvider provider();

    /**
     * How its plans are made. With an algorithm forced here, cases that it refuses are not drawn at all, so that it computes every case
     * of the property that compares with the reference. The properties that change a case on their way leave the choice to the
     * provider where the algorithm refuses what came out.
     */
    protected Conv2dOptions options() {
        return Conv2dOptions.DEFAULT;
    }

    /** The convolutions to try: {@link Conv2dCases} in the types that the provider supports. */
    protected Arbitrary<Conv2dCase> cases() {
        return Conv2dCases.of(dtypes());
    }

    /** The large ones among them, {@link Conv2dCases#large}; tried less often. */
    protected Arbitrary<Conv2dCase> largeCases() {
        return Conv2dCases.large(dtypes());
    }

    /** The types to try: those that the provider supports, unless a subclass wants fewer. */
    protected DType[] dtypes() {
        return Stream.of(DType.FLOAT32, DType.FLOAT64).filter(provider()::supports).toArray(DType[]::new);
    }

    /** What the properties draw from; not meant to be overridden. */
    @Provide
    public Arbitrary<Conv2dCase> conv2d() {
        return drawn(cases());
    }

    /** See {@link #largeCases()}; not meant to be overridden. */
    @Provide
    public Arbitrary<Conv2dCase> largeConv2d() {
        return drawn(largeCases());
    }

    private Arbitrary<Conv2dCase> drawn(Arbitrary<Conv2dCase> cases) {
        String replay = System.getProperty(REPLAY);
        if (replay != null) {
            return Arbitraries.just(Conv2dCase.parse(replay));
        }
        return options().algorithm() == null ? cases : cases.filter(MOST_REFUSALS, this::isAccepted);
    }

    private boolean isAccepted(Conv2dCase c) {
        try {
            provider().plan(c.shape(), c.weight(), c.bias(), options());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
