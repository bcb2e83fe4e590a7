package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys and choices that were written with another than their own name, and notices about old names.
 */
final class Spellings {
  private final Origins origins;
  // From the last path to the first, so that a key comes before the one around it.
  private final Map<String, String> spelt = new TreeMap<>(Comparator.reverseOrder());
  private final List<String> notices = new ArrayList<>();

  Spellings(Origins origins) {
    this.origins = origins;
  }

  /** A sentence for each old name that was read. */
  List<String> notices() {
    return notices;
  }

  /** Records how a key or a choice was spelt, with a notice if the name is old. */
  void note(Names names, String written, String path, ConfigValue given) {
    if (written.equals(names.name())) {
      return;
    }
    String around = path.substring(0, Math.max(0, path.lastIndexOf('.')));
    spelt.put(path, Binder.join(of(around), written));
    noteIfOld(names, written, path, given);
  }

  /** Adds a notice if a name is old. */
  void noteIfOld(Names names, String written, String path, ConfigValue given) {
    if (names.isOld(written)) {
      String label = origins.label(of(path), given);
      notices.add(
          "%s: %s'%s' is an old name; write %s"
              .formatted(
                  origins.place(path, given),
                  label.isEmpty() ? "" : label + ": ",
                  written,
                  names.name()));
    }
  }

  /** A key's path with all names as they were spelt. */
  String of(String path) {
    for (Map.Entry<String, String> each : spelt.entrySet()) {
      String rest = path.startsWith(each.getKey()) ? path.substring(each.getKey().length()) : "-";
      if (rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[")) {
        return each.getValue() + rest;
      }
    }
    return path;
  }
}
