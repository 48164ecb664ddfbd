package dev.lanewise.bench.paired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OtherProgramsTest {
    @Test
    void busyIsWhatIsNeitherIdleNorWaitingNorStolen() {
        assertEquals((100 + 20 + 30 + 6 + 7) / 100.0,
                OtherPrograms.busySeconds("cpu  100 20 30 4000 5000 6 7 80 9 10"), 1e-12);
    }
}
