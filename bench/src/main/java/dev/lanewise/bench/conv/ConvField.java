package dev.lanewise.bench.conv;

import dev.lanewise.bench.report.WrongAnswerException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Everybody ready for one layer, with their answers checked. */
final class ConvField implements AutoCloseable {
    private final ConvProblem problem;
    private final LanewiseConv lanewise;
    private final Map<ConvPeer, ConvContestant> contestants = new HashMap<>();

    /**
     * Lets everybody compute the layer once.
     *
     * @throws WrongAnswerException if somebody computes something else
     */
    ConvField(ConvProblem problem, ConvContest contest) {
        this.problem = problem;
        this.lanewise = new LanewiseConv(problem, contest.workers(), contest.algorithm());
        ConvCheck check = new ConvCheck(problem);
        checkAnswer(check, lanewise);
        try {
            for (ConvPeer peer : contest.peers()) {
                ConvContestant contestant = peer.prepare(problem, contest.workers().parallelism());
                contestants.put(peer, contestant);
                checkAnswer(check, contestant);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void checkAnswer(ConvCheck check, ConvContestant contestant) {
        contestant.call();
        check.check(contestant.name(), contestant.output().floats());
    }

    LanewiseConv lanewise() {
        return lanewise;
    }

    ConvContestant of(ConvPeer peer) {
        return Objects.requireNonNull(contestants.get(peer), peer.name());
    }

    /** The bytes of x, weight, bias and y: what has to be moved at least. */
    double bytes() {
        return (double) Float.BYTES * problem.elements();
    }

    @Override
    public void close() {
        contestants.values().forEach(ConvContestant::close);
    }
}
