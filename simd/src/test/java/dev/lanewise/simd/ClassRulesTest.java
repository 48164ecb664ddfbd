package dev.lanewise.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.core.conv.Conv2d;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the two modules promise of their own code, read from their class files; and that each rule catches a class that breaks it.
 */
class ClassRulesTest {
    private static final String CORE = "dev/lanewise/core/";
    private static final String SIMD = "dev/lanewise/simd/";
    /** What the way of the data through a convolution does without. */
    private static final Set<String> BESIDE_THE_WAY = Set.of(CORE + "nn", CORE + "npy", CORE + "ops", CORE + "print",
            CORE + "random");

    private final List<ClassModel> core = ClassFiles.besides(Conv2d.class);
    private final List<ClassModel> simd = ClassFiles.besides(SimdProvider.class);

    @TempDir
    Path folder;

    ClassRulesTest() throws IOException, URISyntaxException {
    }

    @Test
    void bothModulesAreRead() {
        assertTrue(core.stream().anyMatch(model -> ClassRules.name(model).equals("dev/lanewise/core/conv/Conv2d")));
        assertTrue(simd.stream().anyMatch(model -> ClassRules.name(model).equals("dev/lanewise/simd/SimdProvider")));
    }

    @Test
    void coreRunsWithoutTheIncubatorModule() throws IOException {
        assertNone(ClassRules::incubatorNamed, core.stream());
        assertCaught(ClassRules::incubatorNamed, "Object o = jdk.incubator.vector.FloatVector.SPECIES_MAX;");
        assertCaught(ClassRules::incubatorNamed, "void f(jdk.incubator.vector.VectorSpecies<?>[] s) { }");
    }

    /** It costs microseconds where there is no hardware for it. */
    @Test
    void fmaIsCalledInOneClass() throws IOException {
        assertNone(ClassRules::scalarFmaCalled, Stream.concat(core.stream(), simd.stream())
                .filter(model -> !ClassRules.name(model).equals(CORE + "numerics/Fma")));
        assertFalse(core.stream().map(ClassRules::scalarFmaCalled).allMatch(List::isEmpty), "nowhere");
        assertCaught(ClassRules::scalarFmaCalled, "float f(float a) { return Math.fma(a, a, a); }");
        assertCaught(ClassRules::scalarFmaCalled,
                "java.util.function.DoubleBinaryOperator f = (a, b) -> StrictMath.fma(a, b, a);");
        assertCaught(ClassRules::scalarFmaCalled,
                "interface F { double f(double a, double b, double c); } F f = Math::fma;");
    }

    @Test
    void vectorsLiveInRegisters() throws IOException {
        assertNone(ClassRules::vectorKeptInField, simd.stream());
        assertCaught(ClassRules::vectorKeptInField, "static final jdk.incubator.vector.FloatVector v = null;");
        assertCaught(ClassRules::vectorKeptInField, "static final jdk.incubator.vector.VectorMask<?>[] m = {};");
        assertCaught(ClassRules::vectorKeptInField, "final jdk.incubator.vector.VectorSpecies<Float> s = null;");
        assertCaught(ClassRules::vectorKeptInField, "static jdk.incubator.vector.VectorShuffle<Float> s;");
        assertAllowed(ClassRules::vectorKeptInField,
                "static final jdk.incubator.vector.VectorSpecies<Float> s = null;");

        assertNone(ClassRules::vectorArrayMade, simd.stream());
        assertCaught(ClassRules::vectorArrayMade, "Object f() { return new jdk.incubator.vector.FloatVector[4]; }");
        assertCaught(ClassRules::vectorArrayMade, "Object f() { return new jdk.incubator.vector.DoubleVector[4][4]; }");
        assertAllowed(ClassRules::vectorArrayMade, "Object f() { return new float[4][4]; }");
    }

    @Test
    void packagesDependOneWay() {
        assertEquals(List.of(), cycles(dependencies(Stream.concat(core.stream(), simd.stream()))));
        Map<String, Set<String>> circular = Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"), "d",
                Set.of("a"));
        assertEquals(List.of("a", "b", "c"), cycles(circular));
    }

    @Test
    void theWayOfTheDataIsShort() throws IOException {
        Map<String, Set<String>> dependencies = dependencies(Stream.concat(core.stream(), simd.stream()));
        assertEquals(Set.of(), dependencies.get(CORE + "tensor"));
        assertFalse(reach(SIMD + "gemm", dependencies).contains(SIMD + "conv"));
        for (String start : List.of(CORE + "conv", SIMD + "conv")) {
            Set<String> reached = reach(start, dependencies);
            assertTrue(reached.contains(CORE + "tensor"), start + " reaches " + reached);
            assertTrue(reached.stream().noneMatch(BESIDE_THE_WAY::contains), start + " reaches " + reached);
        }
        assertEquals(Set.of(CORE + "conv"), ClassRules.packagesNamed(ClassFiles.compiled(folder, "Offender",
                "class Offender { dev.lanewise.core.conv.Conv2dPlan[] plans; }").getFirst()));
    }

    // ---- rules ----

    private static void assertNone(Function<ClassModel, List<String>> rule, Stream<ClassModel> models) {
        assertEquals(List.of(), models.map(rule).flatMap(List::stream).toList());
    }

    private void assertCaught(Function<ClassModel, List<String>> rule, String member) throws IOException {
        assertFalse(offences(rule, member).isEmpty(), "not caught: " + member);
    }

    private void assertAllowed(Function<ClassModel, List<String>> rule, String member) throws IOException {
        assertEquals(List.of(), offences(rule, member));
    }

    private List<String> offences(Function<ClassModel, List<String>> rule, String member) throws IOException {
        return ClassFiles.compiled(folder, "Offender", "class Offender { " + member + " }").stream().map(rule)
                .flatMap(List::stream).toList();
    }

    // ---- packages ----

    private static Map<String, Set<String>> dependencies(Stream<ClassModel> models) {
        Map<String, Set<String>> dependencies = new TreeMap<>();
        models.forEach(model -> dependencies
                .computeIfAbsent(ClassRules.packageOf(ClassRules.name(model)), name -> new TreeSet<>())
                .addAll(ClassRules.packagesNamed(model)));
        return dependencies;
    }

    /** The packages that depend on themselves by way of others. */
    private static List<String> cycles(Map<String, Set<String>> dependencies) {
        return dependencies.keySet().stream().filter(start -> reach(start, dependencies).contains(start)).sorted()
                .toList();
    }

    private static Set<String> reach(String start, Map<String, Set<String>> dependencies) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            for (String next : dependencies.getOrDefault(open.remove(), Set.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }
}
