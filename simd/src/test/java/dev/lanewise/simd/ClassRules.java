package dev.lanewise.simd;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules for compiled classes. Each method answers with what breaks its rule, one sentence each. */
final class ClassRules {
    private static final String VECTOR_PACKAGE = "jdk/incubator/vector/";
    private static final String OUR_PACKAGES = "dev/lanewise/";

    private ClassRules() {
    }

    /** Classes that name anything of the incubator module. */
    static List<String> incubatorNamed(ClassModel model) {
        return ClassFiles.named(model).stream().filter(name -> name.startsWith("jdk/incubator/"))
                .map(name -> name(model) + " names " + name).toList();
    }

    /** Calls of {@link Math#fma}, and references to it. */
    static List<String> scalarFmaCalled(ClassModel model) {
        return called(model, Set.of("java/lang/Math", "java/lang/StrictMath"), "fma");
    }

    private static List<String> called(ClassModel model, Set<String> owners, String method) {
        List<String> calls = new ArrayList<>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && member.name().equalsString(method)
                    && owners.contains(member.owner().asInternalName())) {
                calls.add(name(model) + " calls " + member.owner().asInternalName() + "." + method);
            }
        }
        return calls;
    }

    /** Vectors in fields are objects on the heap; species, masks and the like are constants to C2 in static final fields only. */
    static List<String> vectorKeptInField(ClassModel model) {
        return model.fields().stream().filter(field -> !isConstantOrNoVector(field))
                .map(field -> "field " + name(model) + "." + field.fieldName().stringValue() + " has the type "
                        + field.fieldType().stringValue())
                .toList();
    }

    private static boolean isConstantOrNoVector(FieldModel field) {
        String type = field.fieldType().stringValue();
        boolean constant = field.flags().has(AccessFlag.STATIC) && field.flags().has(AccessFlag.FINAL);
        return !type.contains("L" + VECTOR_PACKAGE) || (constant && !type.startsWith("[") && !type.endsWith("Vector;"));
    }

    /** Arrays of vectors, of which each element is an object on the heap. */
    static List<String> vectorArrayMade(ClassModel model) {
        List<String> arrays = new ArrayList<>();
        model.methods().forEach(method -> method.code().ifPresent(code -> {
            for (CodeElement element : code) {
                String type = switch (element) {
                    case NewReferenceArrayInstruction array -> array.componentType().asInternalName();
                    case NewMultiArrayInstruction array -> array.arrayType().asInternalName();
                    default -> "";
                };
                if (type.contains(VECTOR_PACKAGE)) {
                    arrays.add(name(model) + "." + method.methodName().stringValue() + " makes an array of " + type);
                }
            }
        }));
        return arrays;
    }

    /** The packages of this library that a class names beside its own. */
    static Set<String> packagesNamed(ClassModel model) {
        Set<String> packages = ClassFiles.named(model).stream().filter(name -> name.startsWith(OUR_PACKAGES))
                .map(ClassRules::packageOf)
                .collect(Collectors.toCollection(TreeSet::new));
        packages.remove(packageOf(name(model)));
        return packages;
    }

    /** The internal name of a model's class. */
    static String name(ClassModel model) {
        return model.thisClass().asInternalName();
    }

    /** The package of an internal name, {@code dev/lanewise/core/conv}. */
    static String packageOf(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('/'), 0));
    }
}
