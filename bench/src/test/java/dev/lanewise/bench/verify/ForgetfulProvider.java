package dev.lanewise.bench.verify;

import dev.lanewise.core.testkit.Fault;

/** Its first runs are right. */
public final class ForgetfulProvider extends FaultyProvider {
    /** For the service loader. */
    public ForgetfulProvider() {
        super("forgetful", Fault.FIRST_RUN_REPEATED);
    }
}
