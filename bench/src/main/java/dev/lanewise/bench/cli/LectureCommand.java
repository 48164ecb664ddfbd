package dev.lanewise.bench.cli;

import dev.lanewise.bench.lecture.Lecture;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise lecture}. */
@Command(name = "lecture", description = "Replay a lecture's examples of convolutions and tensor views: the Java lines, and what they print.")
public final class LectureCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--section", paramLabel = "N", description = "only this section, 1 to 9")
    private @Nullable Integer section;

    @Override
    public void run() {
        PrintWriter out = Console.out(spec);
        if (section == null) {
            Lecture.replay(out);
        } else {
            Lecture.replay(section, out);
        }
    }
}
