package dev.lanewise.core.testkit;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets system properties say what jqwik reads from annotations: {@code lanewise.tries} and {@code lanewise.seed}. A property with a
 * number of its own, because its tries are dear, gets the same share of the tries that it has of {@link #USUAL}.
 */
public final class Settings implements AroundPropertyHook {
    /** The system property that holds the tries of a property. */
    public static final String TRIES = "lanewise.tries";
    /** The system property that holds the seed of every property. */
    public static final String SEED = "lanewise.seed";
    /** The tries of a property without a number of its own, when nothing is set. */
    public static final int USUAL = 200;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Integer tries = Integer.getInteger(TRIES);
        if (tries != null) {
            context.attributes().setTries(share(tries, context.attributes().tries().orElse(USUAL)));
        }
        String seed = System.getProperty(SEED);
        if (seed != null) {
            context.attributes().setSeed(seed);
        }
        return property.execute();
    }

    /**
     * The tries of one property.
     *
     * @param tries the tries of a property without a number of its own
     * @param own that number; a property of one try always has one
     */
    public static int share(int tries, int own) {
        return own == 1 ? 1 : Math.toIntExact(Math.max((long) tries * own / USUAL, 1));
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
