package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class name is in one room only, so that an editor's search for a name shows one class. Where
 * two rooms want the same name, one of the classes is named by what it does.
 */
class ClassNamesTest {
  private static final List<Path> SOURCES =
      List.of(Path.of("..", "pipeline", "src", "main", "java"), Path.of("src", "main", "java"));

  /** Names that may be in several rooms, and why. */
  private static final Map<String, String> ALLOWED =
      Map.of("package-info", "the file that describes a room has this name in all of them");

  @TempDir Path folder;

  @Test
  void noClassNameIsInTwoRooms() throws IOException {
    SortedMap<String, SortedSet<String>> shared = shared(SOURCES);
    assertThat(shared.keySet()).as("exceptions that are needed").containsAll(ALLOWED.keySet());
    shared.keySet().removeAll(ALLOWED.keySet());
    assertThat(shared).as("class names in several rooms: rename one of each").isEmpty();
  }

  @Test
  void findsNameInTwoRooms() throws IOException {
    for (String file : List.of("feed/Part.java", "look/Part.java", "look/Whole.java")) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
    assertThat(shared(List.of(folder)))
        .isEqualTo(Map.of("Part", new TreeSet<>(List.of("feed", "look"))));
  }

  /** The rooms of each top-level class whose name is in several. */
  private static SortedMap<String, SortedSet<String>> shared(List<Path> roots) throws IOException {
    SortedMap<String, SortedSet<String>> rooms = new TreeMap<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replaceFirst("\\.java$", "");
          String room = root.relativize(file.getParent()).toString();
          rooms.computeIfAbsent(name, it -> new TreeSet<>()).add(room);
        }
      }
    }
    rooms.values().removeIf(in -> in.size() == 1);
    return rooms;
  }
}
