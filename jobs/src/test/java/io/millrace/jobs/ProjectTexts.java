package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's files that people read: code, templates, pages, scripts and configurations. */
final class ProjectTexts {
  static final Path ROOT = Path.of("..");

  private static final List<String> PLACES =
      List.of("pipeline/src", "jobs/src", "bench", "sbin", "conf", "docs");
  private static final Pattern TEXT = Pattern.compile(".*\\.(java|jte|md|sh|conf)|sbin/\\w+");

  private ProjectTexts() {}

  /** All but that of the test, which holds the words that it refuses. */
  static List<Path> filesBut(Class<?> test) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> pages = Files.list(ROOT)) {
      pages.filter(it -> it.toString().endsWith(".md")).forEach(files::add);
    }
    for (String place : PLACES) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(place))) {
        all.filter(Files::isRegularFile)
            .filter(it -> TEXT.matcher(ROOT.relativize(it).toString()).matches())
            .filter(it -> !it.toString().contains("/target/"))
            .filter(it -> !it.endsWith(test.getSimpleName() + ".java"))
            .forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThan(1000);
    return files;
  }
}
