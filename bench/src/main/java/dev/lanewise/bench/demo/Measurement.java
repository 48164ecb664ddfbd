package dev.lanewise.bench.demo;

import dev.lanewise.bench.net.Network;
import dev.lanewise.bench.net.NetworkPlan;
import dev.lanewise.core.conv.Conv2dOptions;
import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * What one provider made of an input, and how long it took.
 *
 * @param provider the provider
 * @param cold the outputs of the first run, by interpreted code for the most part
 * @param warm the outputs of the last run, by compiled code
 * @param runs how many runs were timed
 * @param medianMillis the median of their times
 */
record Measurement(Conv2dProvider provider, Map<String, Tensor> cold, Map<String, Tensor> warm, int runs,
        double medianMillis) {

    /**
     * How long to measure.
     *
     * @param warmUpMillis runs that do not count; vector code is slow until the optimizing compiler has got to it
     * @param timedMillis runs that count
     */
    record Time(long warmUpMillis, long timedMillis) {
        /** A kernel is fast after some 0.8 seconds of calls, and 37 convolutions share them here. */
        static final Time WELL = new Time(2500, 1000);

        long millis() {
            return warmUpMillis + timedMillis;
        }
    }

    /**
     * Measures on the calling thread.
     *
     * @param progress is told how many milliseconds of the time are over
     */
    static Measurement of(Conv2dProvider provider, Network network, Tensor x, Time time, LongConsumer progress) {
        NetworkPlan plan = network.plan(provider, Conv2dOptions.DEFAULT);
        plan.run(x);
        Map<String, Tensor> cold = plan.outputs();
        runFor(time.warmUpMillis, plan, x, progress);
        List<Double> millis = runFor(time.timedMillis, plan, x,
                elapsed -> progress.accept(time.warmUpMillis + elapsed));
        Collections.sort(millis);
        return new Measurement(provider, cold, plan.outputs(), millis.size(), millis.get(millis.size() / 2));
    }

    /** The times of at least one run, in milliseconds. */
    private static List<Double> runFor(long limit, NetworkPlan plan, Tensor x, LongConsumer progress) {
        List<Double> millis = new ArrayList<>();
        long start = System.nanoTime();
        long elapsed = 0;
        do {
            long before = System.nanoTime();
            plan.run(x);
            long after = System.nanoTime();
            millis.add((after - before) / 1e6);
            elapsed = (after - start) / 1_000_000;
            progress.accept(Math.min(elapsed, limit));
        } while (elapsed < limit);
        return millis;
    }
}
