package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What pages say of every choice of a configuration. */
final class ChoiceRules {
  private static final Path RESOURCES = Sources.ROOT.resolve("jobs/src/test/resources");
  private static final Path LISTS = Sources.ROOT.resolve("jobs/src/main/resources/META-INF");

  private ChoiceRules() {}

  /** The record is a choice by that name, and each of its components is a key. */
  static void assertKeys(Class<?> type, String name, Class<? extends Record> record) {
    assertThat(record.getAnnotation(Variant.class).value()).isEqualTo(name);
    assertThat(record.getRecordComponents())
        .as(name)
        .allMatch(component -> component.isAnnotationPresent(Key.class));
    assertThat(Variants.records(type).get(name)).isEqualTo(record);
  }

  /** The list of the interface's choices names the record, and no sealed interface permits it. */
  static void assertListed(Class<?> type, Class<? extends Record> record) throws IOException {
    assertThat(record.getInterfaces()).noneMatch(Class::isSealed);
    assertThat(Files.readAllLines(LISTS.resolve("millrace").resolve(type.getName())))
        .contains(record.getName());
    assertThat(Variants.records(type)).containsValue(record);
  }

  /** A service file of the product names the class. */
  static void assertServes(Class<?> service, Class<?> type) throws IOException {
    assertThat(Files.readAllLines(LISTS.resolve("services").resolve(service.getName())))
        .contains(type.getName());
  }

  /** The golden file of defaults has the line. */
  static void assertDefault(String line) throws IOException {
    assertThat(Files.readAllLines(RESOURCES.resolve("io/millrace/jobs/defaults.txt")))
        .contains(line);
  }

  /** The golden file of flags has the lines. */
  static void assertFlags(String... lines) throws IOException {
    assertThat(Files.readAllLines(RESOURCES.resolve("io/millrace/jobs/cli/flags.txt")))
        .contains(lines);
  }
}
