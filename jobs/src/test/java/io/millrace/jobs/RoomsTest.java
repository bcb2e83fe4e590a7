package io.millrace.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code rooms.txt} beside this test is the one place that says which room touches which other, and
 * which library. It is equal to the imports, both ways: a new import needs an entry, and an entry
 * that no import needs goes.
 */
class RoomsTest {
  private static final String ROOT = "io.millrace.";
  private static final String ENGINES = "jobs.engine.";
  private static final String PIPELINE = "pipeline";

  /** Libraries that only engines may use, except for the shim under ND4J's own name. */
  private static final List<String> ENGINE_LIBRARIES = List.of("org.deeplearning4j", "org.nd4j");

  private static final int LIBRARY_NAME = 3;

  private static RoomTable table;
  private static JavaClasses classes;

  @BeforeAll
  static void read() throws Exception {
    table = RoomTable.read();
    classes =
        new ClassFileImporter()
            .importLocations(
                new HashSet<>(List.of(placeOf(Millrace.class), placeOf(CannotException.class))));
  }

  /** Where a module's classes lie: a folder, or a jar where the module is built. */
  private static Location placeOf(Class<?> type) throws Exception {
    Path path = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(path)) {
      return Location.of(path);
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      return Location.of(jar);
    }
  }

  @Test
  void tableEqualsTheImports() {
    List<String> changes = table.changesTo(imports());
    assertThat(changes)
        .withFailMessage(
            () ->
                "rooms.txt is not what the classes import. If these imports are meant, put these"
                    + " lines in place of the old ones:\n\n"
                    + String.join("\n", changes))
        .isEmpty();
  }

  @Test
  void roomsHaveNoCyclicDependencies() {
    assertThat(table.circle()).isEmpty();
  }

  @Test
  void onlyEnginesUseEnginesAndTheirLibraries() {
    assertThat(table.rooms())
        .allSatisfy(
            (room, touched) ->
                assertThat(touched)
                    .as(room)
                    .noneMatch(it -> it.startsWith(ENGINES) && !room.startsWith(ENGINES)));
    for (String library : ENGINE_LIBRARIES) {
      assertThat(table.libraries().get(library))
          .as(library)
          .allMatch(room -> room.startsWith(ENGINES) || room.startsWith(library));
    }
  }

  @Test
  void pipelineUsesNoJobsNoSparkAndNoNativeLibraries() {
    assertThat(table.rooms())
        .allSatisfy(
            (room, touched) -> {
              if (room.startsWith(PIPELINE)) {
                assertThat(touched).as(room).allMatch(it -> it.startsWith(PIPELINE));
              }
            });
    for (String library : List.of("org.apache.spark", "org.bytedeco", "org.nd4j")) {
      assertThat(table.libraries().get(library)).noneMatch(room -> room.startsWith(PIPELINE));
    }
  }

  /** Between processes Spark does so; a file can come from anywhere. */
  @Test
  void noClassUsesJavaDeserialisation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .check(classes);
  }

  @Test
  void findsCyclicDependency() throws IOException {
    RoomTable round = new RoomTable(new TreeMap<>(table.rooms()), table.libraries());
    round.rooms().put("jobs.random", new TreeSet<>(List.of("jobs.cli")));
    assertThat(round.circle()).contains("jobs.random", "jobs.cli");
    assertThat(round.changesTo(table)).containsExactly("jobs.random:");
  }

  private static RoomTable imports() {
    RoomTable imports = new RoomTable(new TreeMap<>(), new TreeMap<>());
    Set<String> own = new TreeSet<>();
    classes.forEach(type -> own.add(type.getPackageName()));
    for (JavaClass type : classes) {
      String room = room(type.getPackageName());
      SortedSet<String> touched = imports.rooms().computeIfAbsent(room, it -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (own.contains(to) && to.startsWith(ROOT)) {
          touched.add(room(to));
        } else if (!to.isEmpty() && !to.startsWith("java.") && !to.startsWith("javax.")) {
          imports
              .libraries()
              .computeIfAbsent(library(to, table.libraries().keySet()), it -> new TreeSet<>())
              .add(room);
        }
      }
      touched.remove(room);
    }
    return imports;
  }

  private static String room(String packageName) {
    return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : packageName;
  }

  /** As the table names it; by its first names if it is in no line. */
  private static String library(String packageName, Collection<String> known) {
    return known.stream()
        .filter(it -> (packageName + ".").startsWith(it + "."))
        .findFirst()
        .orElseGet(
            () -> {
              String[] names = packageName.split("\\.");
              int length = Math.min(LIBRARY_NAME, names.length);
              return String.join(".", Arrays.asList(names).subList(0, length));
            });
  }
}
