package dev.lanewise.simd;

import dev.lanewise.core.conv.Conv2dProvider;
import dev.lanewise.core.conv.Conv2dProviders;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What the ladder logged while it chose, in tests of JVMs where it has something to say. It chooses once per JVM: whoever asks for the
 * chosen provider asks here, so that nobody is there before the handler.
 */
final class LadderLog {
    private static final List<LogRecord> RECORDS = new ArrayList<>();
    private static final Conv2dProvider CHOSEN = listen();

    private LadderLog() {
    }

    /** The provider that the ladder chose. */
    static Conv2dProvider chosen() {
        return CHOSEN;
    }

    /** The lines that were logged meanwhile, with their levels. */
    static List<String> lines() {
        return RECORDS.stream().map(line -> line.getLevel() + ": " + line.getMessage()).toList();
    }

    private static Conv2dProvider listen() {
        Logger logger = Logger.getLogger("dev.lanewise");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                RECORDS.add(line);
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        logger.addHandler(handler);
        try {
            return Conv2dProviders.chosen();
        } finally {
            logger.removeHandler(handler);
        }
    }
}
