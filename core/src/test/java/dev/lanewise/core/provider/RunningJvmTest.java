package dev.lanewise.core.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.core.platform.HotSpot;
import org.junit.jupiter.api.Test;

/** On the class path, where a module can only come from the command line of the JVM. */
class RunningJvmTest {
    @Test
    void here() {
        boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        int feature = Integer.parseInt(System.getProperty("java.specification.version"));
        assertEquals(new RunningJvm(module, HotSpot.hasC2(), HotSpot.maxVectorBits(), HotSpot.hasFma(), feature),
                RunningJvm.here());
    }
}
