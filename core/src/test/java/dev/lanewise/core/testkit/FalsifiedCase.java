package dev.lanewise.core.testkit;

/** A property does not hold for a case; the message ends with the line that runs the case alone. */
public final class FalsifiedCase extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient Conv2dCase conv2dCase;

    /**
     * What a property threw, with the case.
     *
     * @param reason what was thrown; its stack trace becomes this one's, by which jqwik sees, while it shrinks, that a failure is still the same
     */
    FalsifiedCase(Throwable reason, Conv2dCase conv2dCase) {
        super(describe(reason) + "\n    -D" + Replay.PROPERTY + "=\"" + conv2dCase + "\"", reason);
        this.conv2dCase = conv2dCase;
        setStackTrace(reason.getStackTrace());
    }

    /** The case, the smallest one where jqwik has shrunk it. */
    public Conv2dCase conv2dCase() {
        return conv2dCase;
    }

    /** What was wrong, without the line that replays it. */
    public String reason() {
        return getCause() == null ? "" : describe(getCause());
    }

    private static String describe(Throwable reason) {
        return reason instanceof AssertionError ? String.valueOf(reason.getMessage()) : reason.toString();
    }
}
