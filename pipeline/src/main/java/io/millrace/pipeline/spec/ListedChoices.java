package io.millrace.pipeline.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.ListedServices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The choices of an open interface: the records listed in the resources {@code
 * META-INF/millrace/<interface>} on the class path, a class on each line; {@code #} begins a
 * comment. Every jar may have such a resource.
 */
final class ListedChoices {
  private static final String FOLDER = "META-INF/millrace/";

  private static final Map<ClassLoader, Map<Class<?>, List<Class<? extends Record>>>> FOUND =
      Collections.synchronizedMap(new WeakHashMap<>());

  private ListedChoices() {}

  /**
   * @throws ConfigurationException if a listed class does not exist or is not a choice
   */
  static List<Class<? extends Record>> of(Class<?> type) {
    ClassLoader loader = ListedServices.loader(type);
    return FOUND
        .computeIfAbsent(loader, it -> Collections.synchronizedMap(new HashMap<>()))
        .computeIfAbsent(type, it -> read(it, loader));
  }

  private static List<Class<? extends Record>> read(Class<?> type, ClassLoader loader) {
    Set<Class<? extends Record>> records = new LinkedHashSet<>();
    List<Problem> problems = new ArrayList<>();
    try {
      for (URL url : Collections.list(loader.getResources(FOLDER + type.getName()))) {
        int number = 0;
        for (String line : lines(url)) {
          number++;
          String name = line.replaceFirst("#.*", "").strip();
          if (name.isEmpty()) {
            continue;
          }
          try {
            records.add(choice(type, Class.forName(name, false, loader)));
          } catch (ClassNotFoundException | LinkageError e) {
            problems.add(problem(url + ":" + number, name, "the class is not on the class path"));
          } catch (IllegalArgumentException e) {
            problems.add(problem(url + ":" + number, name, e.getMessage()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    if (records.isEmpty()) {
      throw new IllegalStateException("no choice of " + type + " is listed in " + FOLDER);
    }
    return List.copyOf(records);
  }

  private static List<String> lines(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static Class<? extends Record> choice(Class<?> type, Class<?> listed) {
    if (!listed.isRecord() || !type.isAssignableFrom(listed)) {
      throw new IllegalArgumentException("it is not a record that implements " + type.getName());
    }
    return listed.asSubclass(Record.class);
  }

  /** The error about a class that can't be a choice. */
  static ConfigurationException refusal(String name, String why) {
    return new ConfigurationException(List.of(problem("", name, why)));
  }

  private static Problem problem(String where, String name, String why) {
    return new Problem(where, "Cannot use " + name + " as a choice: " + why);
  }
}
