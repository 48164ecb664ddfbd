package dev.lanewise.bench.report;

/** A contestant does not compute what it should. */
public final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says who, and where. */
    public WrongAnswerException(String message) {
        super(message);
    }
}
