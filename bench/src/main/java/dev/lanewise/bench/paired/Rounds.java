package dev.lanewise.bench.paired;

import java.util.Arrays;
import java.util.List;

/** What the rounds measured. */
public final class Rounds {
    private final List<Contestant> contestants;
    private final double[][] seconds;
    private final double[] processorSeconds;

    /**
     * Takes the times.
     *
     * @param seconds the time of one call: an array per contestant, with a value per round
     * @param processorSeconds the processor time of one call, summed over the rounds, per contestant
     */
    Rounds(List<? extends Contestant> contestants, double[][] seconds, double[] processorSeconds) {
        this.contestants = List.copyOf(contestants);
        this.seconds = seconds;
        this.processorSeconds = processorSeconds;
    }

    /** How many times as fast the first is as the second: the median of the rounds' ratios. */
    public Ratio ratio(Contestant fast, Contestant slow) {
        double[] ratios = Statistics.ratios(seconds(slow), seconds(fast));
        return new Ratio(Statistics.median(ratios), Statistics.spread(ratios));
    }

    /** The median of the rounds' speeds, in GFLOP/s. */
    public double gflops(Contestant contestant) {
        return contestant.flops() / Statistics.median(seconds(contestant)) * 1e-9;
    }

    /** The speed of one as a share of the other's: the median of the rounds' ratios, per floating-point operation. */
    public Ratio share(Contestant contestant, Contestant peak) {
        Ratio calls = ratio(contestant, peak);
        return new Ratio(calls.median * contestant.flops() / peak.flops(), calls.spread);
    }

    /** How many processors it kept busy in its turns, on average: not more than it has threads, if it keeps to them. */
    public double processors(Contestant contestant) {
        return processorSeconds[index(contestant)] / Arrays.stream(seconds(contestant)).sum();
    }

    private double[] seconds(Contestant contestant) {
        return seconds[index(contestant)];
    }

    private int index(Contestant contestant) {
        int index = contestants.indexOf(contestant);
        if (index < 0) {
            throw new IllegalArgumentException(contestant.name() + " took no part");
        }
        return index;
    }

    /**
     * A ratio with its uncertainty.
     *
     * @param median over the rounds
     * @param spread half the distance between the quartiles, as a share of the median
     */
    public record Ratio(double median, double spread) {
    }
}
