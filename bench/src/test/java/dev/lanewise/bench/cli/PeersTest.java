package dev.lanewise.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final List<String> ALL = List.of("onednn", "onednn-own", "onnxruntime", "pytorch");

    private static List<String> select(String... wanted) {
        return Peers.select(ALL, Function.identity(), List.of(wanted));
    }

    @Test
    void byNameWithVariantsInTheOrderAskedFor() {
        assertEquals(List.of(), select());
        assertEquals(List.of("pytorch", "onednn", "onednn-own"), select("pytorch", "onednn"));
        assertEquals(List.of("onednn-own"), select("onednn-own"));
        assertEquals(List.of("onednn-own", "onednn"), select("onednn-own", "onednn"));
        assertEquals(ALL, select("all"));
    }

    @Test
    void unknownOnesAreNamed() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> select("onnx"));
        assertEquals("unknown peer 'onnx', expected all or some of onednn,onednn-own,onnxruntime,pytorch",
                e.getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> Peers.select(List.<String>of(), Function.identity(), List.of("all")));
    }
}
