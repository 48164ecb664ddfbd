package dev.lanewise.bench.report;

import java.util.List;

/** Problems to measure one after the other. */
public interface Suite {
    /** Its name on the command line. */
    String name();

    /** The names of its problems, in order. */
    List<String> problems();

    /** The peers' names, the columns of the tables. */
    List<String> peers();

    /** The peers with their versions and what is counted, a line each. */
    List<String> describePeers();

    /**
     * Measures a problem.
     *
     * @throws WrongAnswerException if a contestant computes something else; nothing was timed then
     */
    Row measure(String problem);
}
