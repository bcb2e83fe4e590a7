package io.millrace.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.spec.DescribedKey;
import io.millrace.pipeline.spec.Variants;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A fingerprint leaves out keys that equal their default, so that another default is another
 * meaning of the same fingerprint: the job's version must go up with it. The file {@code
 * defaults.txt} holds the defaults that each version of each job has; what this test finds is left
 * in {@code target/defaults.txt}.
 */
class DefaultsTest {
  private static final String FILE = "defaults.txt";
  private static final Path FOUND = Path.of("target", FILE);
  private static final String VERSION = " version ";

  @Test
  void changedDefaultNeedsNewJobVersion() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    for (Job<?> job : JobCatalogue.installed().all()) {
      List<String> lines = new ArrayList<>();
      lines.add(job.name() + VERSION + job.version());
      record(job.parameters(), job.name(), List.of(), lines);
      found.put(job.name(), lines);
    }
    Files.createDirectories(FOUND.getParent());
    Files.write(FOUND, found.values().stream().flatMap(List::stream).toList());
    Map<String, List<String>> known = known();
    List<String> wrong = new ArrayList<>();
    found.forEach((job, lines) -> compare(job, lines, known.getOrDefault(job, List.of()), wrong));
    assertThat(wrong)
        .as("then copy jobs/%s over src/test/resources/io/millrace/jobs/%s", FOUND, FILE)
        .isEmpty();
    assertThat(found.keySet()).isEqualTo(known.keySet());
  }

  private static void compare(
      String job, List<String> lines, List<String> known, List<String> wrong) {
    if (lines.equals(known)) {
      return;
    }
    boolean sameVersion = !known.isEmpty() && known.get(0).equals(lines.get(0));
    Map<String, String> before = defaults(known);
    Map<String, String> now = defaults(lines);
    List<String> changed = new ArrayList<>();
    before.forEach(
        (key, value) -> {
          if (!value.equals(now.get(key))) {
            changed.add(key + " was " + value + ", now " + now.getOrDefault(key, "gone"));
          }
        });
    wrong.add(
        sameVersion && !changed.isEmpty()
            ? "raise version() of the job " + job + ", since defaults have changed: " + changed
            : "the keys of the job " + job + " are not those of the file");
  }

  private static Map<String, String> defaults(List<String> lines) {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (String line : lines) {
      int equals = line.indexOf(" = ");
      if (equals > 0) {
        defaults.put(line.substring(0, equals), line.substring(equals + 3));
      }
    }
    return defaults;
  }

  private static Map<String, List<String>> known() throws IOException {
    Map<String, List<String>> known = new TreeMap<>();
    try (InputStream in = DefaultsTest.class.getResourceAsStream(FILE)) {
      String job = "";
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        int version = line.indexOf(VERSION);
        job = version < 0 ? job : line.substring(0, version);
        known.computeIfAbsent(job, it -> new ArrayList<>()).add(line);
      }
    }
    return known;
  }

  /**
   * @param around the choices that the record stands in: transforms may hold transforms
   */
  private static void record(
      Class<?> type, String path, List<Class<?>> around, List<String> lines) {
    for (DescribedKey key : DescribedKey.of(type)) {
      String at = path + "." + key.name();
      key.defaultText().ifPresent(text -> lines.add(at + " = " + text));
      String inside = key.isList() ? at + "[]" : at;
      if (key.holdsKeys()) {
        record(key.type(), inside, around, lines);
      } else if (key.isChoice() && !around.contains(key.type())) {
        List<Class<?>> within = new ArrayList<>(around);
        within.add(key.type());
        Variants.records(key.type())
            .forEach((name, choice) -> record(choice, inside + "." + name, within, lines));
      }
    }
  }
}
