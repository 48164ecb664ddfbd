package dev.lanewise.bench.cli;

import dev.lanewise.bench.io.Failure;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The library's log, as a command line program shows it: warnings only, each as one line on stderr. */
public final class Logging {
    private Logging() {
    }

    /** Sets the root logger's handlers. */
    public static void toStderr() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(Level.WARNING);
            handler.setFormatter(new OneLine());
        }
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord message) {
            return "lanewise: " + Failure.oneLine(formatMessage(message)) + System.lineSeparator();
        }
    }
}
