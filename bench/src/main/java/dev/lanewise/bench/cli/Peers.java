package dev.lanewise.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which of the peers that are there are asked for. */
final class Peers {
    private static final String ALL = "all";

    private Peers() {
    }

    /**
     * Chooses by name, in the order asked for. A name stands for its variants, too: {@code onednn} for {@code onednn-nchw}.
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    static <P> List<P> select(Iterable<P> available, Function<P, String> name, List<String> wanted) {
        List<P> chosen = new ArrayList<>();
        if (wanted.isEmpty()) {
            return chosen;
        }
        List<P> all = new ArrayList<>();
        available.forEach(all::add);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("--against=" + String.join(",", wanted)
                    + ": no native library is on the class path; ./lanewise puts them there");
        }
        for (String each : wanted) {
            List<P> matching = all.stream().filter(peer -> matches(name.apply(peer), each)).toList();
            if (matching.isEmpty()) {
                throw new IllegalArgumentException("unknown peer '" + each + "', expected all or some of "
                        + String.join(",", all.stream().map(name).toList()));
            }
            matching.stream().filter(peer -> !chosen.contains(peer)).forEach(chosen::add);
        }
        return chosen;
    }

    private static boolean matches(String peer, String wanted) {
        return wanted.equals(ALL) || peer.equals(wanted) || peer.startsWith(wanted + "-");
    }
}
