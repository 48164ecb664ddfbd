package dev.lanewise.simd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Reads class files, and says what they name. Names of classes are internal ones, {@code java/lang/Math}. */
final class ClassFiles {
    private static final Pattern CLASS_IN_DESCRIPTOR = Pattern.compile("L([^;]+);");

    private ClassFiles() {
    }

    /** All classes of the folder or JAR that a class comes from. */
    static List<ClassModel> besides(Class<?> one) throws IOException, URISyntaxException {
        Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return read(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return read(jar.getPath("/"));
        }
    }

    /** The classes of a piece of source code, with the incubator module in reach. */
    static List<ClassModel> compiled(Path parent, String className, String source) throws IOException {
        Path folder = Files.createTempDirectory(parent, className);
        Path file = Files.writeString(folder.resolve(className + ".java"), source);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int failed = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, "--add-modules",
                "jdk.incubator.vector", "-d",
                folder.toString(), file.toString());
        if (failed != 0) {
            throw new IllegalArgumentException(messages.toString(StandardCharsets.UTF_8));
        }
        return read(folder);
    }

    private static List<ClassModel> read(Path folder) throws IOException {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(ClassFiles::isClass).toList()) {
                models.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
        return models;
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class") && !file.endsWith("module-info.class");
    }

    /** The classes that a class names, itself included: as supertypes, in descriptors and in code. */
    static Set<String> named(ClassModel model) {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry c when c.asInternalName().startsWith("[") -> addFrom(c.asInternalName(), names);
                case ClassEntry c -> names.add(c.asInternalName());
                case NameAndTypeEntry member -> addFrom(member.type().stringValue(), names);
                case MethodTypeEntry type -> addFrom(type.descriptor().stringValue(), names);
                default -> {
                }
            }
        }
        model.fields().forEach(field -> addFrom(field.fieldType().stringValue(), names));
        model.methods().forEach(method -> addFrom(method.methodType().stringValue(), names));
        return names;
    }

    private static void addFrom(String descriptor, Set<String> names) {
        Matcher matcher = CLASS_IN_DESCRIPTOR.matcher(descriptor);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }
}
