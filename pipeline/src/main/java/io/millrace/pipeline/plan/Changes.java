package io.millrace.pipeline.plan;

import io.millrace.pipeline.spec.KeyDefault;
import io.millrace.pipeline.store.Identity;
import io.millrace.pipeline.store.Input;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Listing;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The differences between how an artifact was made and how its stage would run now. */
final class Changes {
  private static final int NAMED = 3;
  private static final int MAX_VALUE_LENGTH = 60;

  /** Whole numbers up to here are exact as a double. */
  private static final double MOST = 1L << 53;

  private final Identity before;
  private final Identity now;
  private final Set<String> unknown;
  private final Class<? extends Record> type;
  private final Set<String> found = new LinkedHashSet<>();

  private Changes(
      Identity before, Identity now, Set<String> unknown, Class<? extends Record> type) {
    this.before = before;
    this.now = now;
    this.unknown = unknown;
    this.type = type;
  }

  /**
   * @param unknown key paths of inputs that must still be made and so can't be compared
   * @param type of the parameters
   * @return e.g. {@code schedule.one-cycle.epochs was 10, now 5}; empty if nothing differs
   */
  static String between(
      Identity before, Identity now, Set<String> unknown, Class<? extends Record> type) {
    Changes changes = new Changes(before, now, unknown, type);
    changes.collect();
    List<String> all = List.copyOf(changes.found);
    if (all.size() <= NAMED) {
      return String.join("; ", all);
    }
    int more = all.size() - NAMED;
    return String.join("; ", all.subList(0, NAMED))
        + "; and "
        + Amounts.count(more)
        + " more changes";
  }

  private void collect() {
    if (!before.job().equals(now.job())) {
      found.add("job was " + before.job() + ", now " + now.job());
    } else if (before.version() != now.version()) {
      found.add("job version " + before.version() + ", now " + now.version());
    }
    SortedMap<String, String> old = flat(before.parameters());
    SortedMap<String, String> recent = flat(now.parameters());
    for (String key : keys(old, recent)) {
      if (!Objects.equals(old.get(key), recent.get(key))) {
        found.add(key + " was " + said(key, old) + ", now " + said(key, recent));
      }
    }
    for (String key : keys(before.inputs(), now.inputs())) {
      compareInput(key);
    }
    for (String key : keys(before.sources(), now.sources())) {
      compareSource(key);
    }
  }

  /**
   * The value of a key; a missing one has its default if it belongs to the choice that was made.
   */
  private String said(String key, SortedMap<String, String> flat) {
    if (flat.containsKey(key)) {
      return brief(flat.get(key));
    }
    return KeyDefault.at(type, key)
        .filter(it -> it.choices().stream().allMatch(choice -> isMade(choice, flat)))
        .map(it -> brief(it.text()) + " (the default)")
        .orElse("not set");
  }

  private static boolean isMade(String choice, SortedMap<String, String> flat) {
    int dot = choice.lastIndexOf('.');
    String named = flat.getOrDefault(choice.substring(0, Math.max(0, dot)), "");
    return named.equals(choice.substring(dot + 1))
        || flat.keySet().stream().anyMatch(key -> key.startsWith(choice + "."));
  }

  private void compareInput(String key) {
    Input was = before.inputs().get(key);
    Input is = now.inputs().get(key);
    if (was == null || is == null || !was.reference().equals(is.reference())) {
      found.add(key + " was " + place(before, key) + ", now " + place(now, key));
    } else if (!unknown.contains(key) && !was.digest().equals(is.digest())) {
      found.add(is.stage() + " changed");
    }
  }

  private static String place(Identity identity, String key) {
    if (identity.inputs().containsKey(key)) {
      return identity.inputs().get(key).reference();
    }
    return identity.sources().containsKey(key) ? identity.sources().get(key).root() : "not set";
  }

  private void compareSource(String key) {
    Listing was = before.sources().get(key);
    Listing is = now.sources().get(key);
    if (was == null || is == null) {
      found.add(key + " was " + place(before, key) + ", now " + place(now, key));
    } else if (was.content() != is.content()) {
      found.add("verify was " + verify(was) + ", now " + verify(is));
    } else if (!was.digest().equals(is.digest())) {
      if (!is.content() && !was.root().equals(is.root())) {
        found.add(key + " was " + was.root() + ", now " + is.root());
      } else {
        found.add(filesThatDiffer(was, is));
      }
    }
  }

  private static String verify(Listing listing) {
    return listing.content() ? "content" : "listing";
  }

  private static String filesThatDiffer(Listing was, Listing is) {
    Map<String, Listing.Entry> old = byPath(was);
    Map<String, Listing.Entry> recent = byPath(is);
    List<String> differing = new ArrayList<>();
    if (!old.isEmpty() && !recent.isEmpty()) {
      for (String path : new TreeSet<>(union(old.keySet(), recent.keySet()))) {
        if (!old.containsKey(path)) {
          differing.add(path + " is new");
        } else if (!recent.containsKey(path)) {
          differing.add(path + " is gone");
        } else if (!old.get(path).equals(recent.get(path))) {
          differing.add(path + " changed");
        }
      }
    }
    if (differing.isEmpty()) {
      return was.files() == is.files()
          ? "files of " + is.root() + " changed"
          : is.root()
              + " had "
              + Amounts.count(was.files(), "file")
              + ", now "
              + Amounts.count(is.files());
    }
    int more = differing.size() - 1;
    return differing.get(0)
        + (more == 0 ? "" : " (and " + Amounts.count(more) + " more of " + is.root() + ")");
  }

  private static Map<String, Listing.Entry> byPath(Listing listing) {
    Map<String, Listing.Entry> map = new HashMap<>();
    listing.entries().forEach(entry -> map.put(entry.path(), entry));
    return map;
  }

  private static Set<String> keys(Map<String, ?> a, Map<String, ?> b) {
    return union(a.keySet(), b.keySet());
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new TreeSet<>(a);
    both.addAll(b);
    return both;
  }

  /**
   * Each value by its whole key path. Values are written to JSON and read back, to compare them
   * with stored ones.
   */
  private static SortedMap<String, String> flat(Map<String, Object> parameters) {
    try {
      byte[] stored = JsonText.line(parameters).getBytes(StandardCharsets.UTF_8);
      SortedMap<String, String> flat = new TreeMap<>();
      JsonText.object(stored).forEach((key, value) -> flatten(key, value, flat));
      return flat;
    } catch (IOException e) {
      throw new UncheckedIOException("JSON just written can be read", e);
    }
  }

  /** A whole number is the same as a long and as a double. */
  private static Object plain(Object value) {
    boolean whole =
        value instanceof Double number && number == Math.rint(number) && Math.abs(number) < MOST;
    return whole ? (Object) ((Double) value).longValue() : value;
  }

  private static void flatten(String path, Object value, SortedMap<String, String> flat) {
    if (value instanceof Map<?, ?> map && map.size() == 1 && map.containsValue(Map.of())) {
      // A choice by its name only.
      flat.put(path, String.valueOf(map.keySet().iterator().next()));
    } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((key, each) -> flatten(path + "." + key, each, flat));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(path + "[" + i + "]", list.get(i), flat);
      }
    } else {
      flat.put(path, value instanceof String text ? text : JsonText.line(plain(value)));
    }
  }

  private static String brief(String value) {
    return value.length() <= MAX_VALUE_LENGTH
        ? value
        : value.substring(0, MAX_VALUE_LENGTH - 3) + "...";
  }
}
