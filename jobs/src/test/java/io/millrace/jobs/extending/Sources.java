package io.millrace.jobs.extending;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All classes of the project, by their simple names. */
final class Sources {
  /** Of the repository. */
  static final Path ROOT = Path.of("..");

  private static final List<String> TREES =
      List.of("pipeline/src/main/java", "jobs/src/main/java", "jobs/src/test/java");
  private static final String ENDING = ".java";

  private final Map<String, Path> files = new TreeMap<>();
  private final Map<String, String> names = new TreeMap<>();

  Sources() throws IOException {
    for (String tree : TREES) {
      Path root = ROOT.resolve(tree);
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(file -> file.toString().endsWith(ENDING))
            .forEach(file -> add(root.relativize(file).toString(), file));
      }
    }
  }

  private void add(String path, Path file) {
    String name = path.substring(0, path.length() - ENDING.length()).replace('/', '.');
    String simple = name.substring(name.lastIndexOf('.') + 1);
    files.put(simple, file);
    names.put(simple, name);
  }

  /** The text of a class's file. */
  String text(String simple) throws IOException {
    return Files.readString(files.get(simple));
  }

  /** Whether there is such a class, or such a member of a class, {@code Source.open}. */
  boolean has(String name) throws ClassNotFoundException {
    int dot = name.indexOf('.');
    String simple = dot < 0 ? name : name.substring(0, dot);
    if (!names.containsKey(simple)) {
      return false;
    }
    Class<?> type = Class.forName(names.get(simple), false, Sources.class.getClassLoader());
    return dot < 0 || hasMember(type, name.substring(dot + 1));
  }

  private static boolean hasMember(Class<?> type, String member) {
    return Stream.of(type.getDeclaredMethods()).map(Method::getName).anyMatch(member::equals)
        || Stream.of(type.getDeclaredFields()).map(Field::getName).anyMatch(member::equals)
        || Stream.of(type.getDeclaredClasses()).map(Class::getSimpleName).anyMatch(member::equals);
  }
}
