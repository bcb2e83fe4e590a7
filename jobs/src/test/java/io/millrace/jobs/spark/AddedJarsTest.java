package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddedJarsTest {
  @TempDir Path folder;
  private Path one;
  private Path two;
  private AddedJars added;

  @BeforeEach
  void twoJarsAndWhatIsNone() throws IOException {
    one = Files.createFile(folder.resolve("a b.jar"));
    two = Files.createFile(folder.resolve("c.jar"));
    Files.createFile(folder.resolve("notes.txt"));
    added =
        AddedJars.of(
            Map.of("MILLRACE_CLASSPATH", folder + "/*:" + two + ":" + folder + ":/nowhere/*::"));
  }

  @Test
  void localExecutorsReadAddedJarsInPlace() {
    assertThat(added.settings(key -> "", "spark://127.0.0.1:7077", false))
        .isEqualTo(Map.of("spark.executor.extraClassPath", one + ":" + two));
  }

  @Test
  void driverInAnotherProcessGetsAddedJars() {
    assertThat(added.settings(key -> "", "spark://127.0.0.1:7077", true))
        .isEqualTo(
            Map.of(
                "spark.executor.extraClassPath",
                one + ":" + two,
                "spark.driver.extraClassPath",
                one + ":" + two));
  }

  @Test
  void sendsAddedJarsToOtherMachines() {
    assertThat(added.settings(key -> "", "yarn", true))
        .isEqualTo(Map.of("spark.jars", one.toUri() + "," + two.toUri()));
    assertThat(one.toUri().toString()).endsWith("a%20b.jar");
  }

  @Test
  void putsJarsSetByTheUserFirstWithoutRepeats() {
    assertThat(added.settings(key -> "hdfs://h/m.jar," + two.toUri(), "spark://far:7077", false))
        .isEqualTo(Map.of("spark.jars", "hdfs://h/m.jar," + two.toUri() + "," + one.toUri()));
  }

  @Test
  void setsNothingWithoutAddedJars() {
    assertThat(AddedJars.of(Map.of()).settings(key -> "given", "yarn", true)).isEmpty();
  }
}
