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
final class Settings implements AroundPropertyHook {
    static final String TRIES = "lanewise.tries";
    static final String SEED = "lanewise.seed";
    private static final int USUAL = 200;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Integer tries = Integer.getInteger(TRIES);
        int own = context.attributes().tries().orElse(USUAL);
        if (tries != null && own > 1) {
            context.attributes().setTries(Math.max(tries * own / USUAL, 1));
        }
        String seed = System.getProperty(SEED);
        if (seed != null) {
            context.attributes().setSeed(seed);
        }
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
