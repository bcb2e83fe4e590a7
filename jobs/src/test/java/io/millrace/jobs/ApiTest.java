package io.millrace.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.CannotException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What programs may count on: types marked {@code @API(status = STABLE)}. Their public members
 * stand in {@code api.txt}, which only grows; what this test finds is left in {@code
 * target/api.txt}.
 */
class ApiTest {
  private static final List<Path> SOURCES =
      List.of(Path.of("..", "pipeline", "src", "main", "java"), Path.of("src", "main", "java"));

  private static final String FILE = "api.txt";
  private static final Path FOUND = Path.of("target", FILE);

  private static List<Class<?>> types() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    for (Path root : SOURCES) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(root)) {
        files = all.filter(it -> it.toString().endsWith(".java")).sorted().toList();
      }
      for (Path file : files) {
        if (Files.readString(file).contains("@API(status = API.Status.STABLE)")) {
          String name = root.relativize(file).toString().replaceFirst("\\.java$", "");
          types.add(Class.forName(name.replace('/', '.')));
        }
      }
    }
    assertThat(types).contains(Millrace.class, CannotException.class);
    return types;
  }

  /** Public or protected; of an enum without what Java adds. */
  private static List<Executable> members(Class<?> type) {
    return Stream.<Executable[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods())
        .flatMap(Arrays::stream)
        .filter(it -> (it.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .filter(it -> !it.isSynthetic())
        .filter(it -> !Set.of("main", "equals", "hashCode", "toString").contains(it.getName()))
        .toList();
  }

  private static String line(Executable member) {
    String parameters =
        Arrays.stream(member.getParameters())
            .map(Parameter::getParameterizedType)
            .map(type -> type.getTypeName())
            .collect(Collectors.joining(", ", "(", ")"));
    String owner = ((Member) member).getDeclaringClass().getName();
    String kept = Modifier.isStatic(member.getModifiers()) ? "static " : "";
    return member instanceof Method method
        ? owner
            + "."
            + method.getName()
            + parameters
            + ": "
            + kept
            + method.getGenericReturnType().getTypeName()
        : owner + ".new" + parameters;
  }

  @Test
  void noStableMemberIsRemovedOrChanged() throws Exception {
    Set<String> found = new TreeSet<>();
    types().stream()
        .map(ApiTest::members)
        .flatMap(Collection::stream)
        .forEach(member -> found.add(line(member)));
    Files.createDirectories(FOUND.getParent());
    Files.write(FOUND, found);
    try (InputStream in = ApiTest.class.getResourceAsStream(FILE)) {
      assertThat(found)
          .as("the public members of types that are marked as stable; jobs/%s", FOUND)
          .containsExactlyElementsOf(new String(in.readAllBytes(), UTF_8).lines().toList());
    }
  }

  @Test
  void stableTypesMentionOnlyStableTypesOfOurs() throws Exception {
    List<Class<?>> stable = types();
    for (Class<?> type : stable) {
      for (Executable member : members(type)) {
        Stream<Class<?>> mentioned =
            Stream.concat(
                Arrays.stream(member.getParameterTypes()),
                member instanceof Constructor
                    ? Stream.of()
                    : Stream.of(((Method) member).getReturnType()));
        assertThat(mentioned.filter(it -> it.getName().startsWith("io.millrace")))
            .as("%s", line(member))
            .isSubsetOf(stable);
      }
    }
  }
}
