package io.millrace.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which room touches what, as {@code rooms.txt} has it or as the compiled classes have it.
 *
 * @param rooms by room: the rooms that it touches
 * @param libraries by the beginning of a library's packages: the rooms that touch it
 */
record RoomTable(
    SortedMap<String, SortedSet<String>> rooms, SortedMap<String, SortedSet<String>> libraries) {
  private static final String FILE = "rooms.txt";
  private static final String LIBRARY = "library ";

  /** The table of the file. */
  static RoomTable read() throws IOException {
    RoomTable table = new RoomTable(new TreeMap<>(), new TreeMap<>());
    for (String line : lines()) {
      String[] sides = line.split(":", 2);
      boolean isLibrary = line.startsWith(LIBRARY);
      String name = sides[0].substring(isLibrary ? LIBRARY.length() : 0).strip();
      SortedSet<String> named = new TreeSet<>(List.of(sides[1].strip().split("\\s+")));
      named.remove("");
      if ((isLibrary ? table.libraries : table.rooms).put(name, named) != null) {
        throw new IOException(FILE + " has two lines of " + name);
      }
    }
    return table;
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RoomTable.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  /** What must change in this table so that it is equal to another: lines to paste or to remove. */
  List<String> changesTo(RoomTable other) {
    List<String> changes = new ArrayList<>();
    compare(rooms, other.rooms, "", changes);
    compare(libraries, other.libraries, LIBRARY, changes);
    return changes;
  }

  private static void compare(
      Map<String, SortedSet<String>> these,
      Map<String, SortedSet<String>> those,
      String prefix,
      List<String> changes) {
    Set<String> names = new TreeSet<>(these.keySet());
    names.addAll(those.keySet());
    for (String name : names) {
      if (!those.containsKey(name)) {
        changes.add("(remove the line of " + prefix + name + ")");
      } else if (!those.get(name).equals(these.get(name))) {
        changes.add((prefix + name + ": " + String.join(" ", those.get(name))).strip());
      }
    }
  }

  /** Rooms that touch one another in a circle, the first also last; empty if there are none. */
  List<String> circle() {
    Set<String> done = new TreeSet<>();
    for (String room : rooms.keySet()) {
      List<String> circle = circle(room, List.of(), done);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    return List.of();
  }

  private List<String> circle(String room, List<String> path, Set<String> done) {
    List<String> longer = new ArrayList<>(path);
    longer.add(room);
    if (path.contains(room)) {
      return longer.subList(path.indexOf(room), longer.size());
    }
    if (!done.contains(room)) {
      for (String next : rooms.getOrDefault(room, new TreeSet<>())) {
        List<String> circle = circle(next, longer, done);
        if (!circle.isEmpty()) {
          return circle;
        }
      }
      done.add(room);
    }
    return List.of();
  }
}
