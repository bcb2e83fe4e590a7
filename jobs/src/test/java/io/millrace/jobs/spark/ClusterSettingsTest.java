package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Millrace comes to executors, and when they start from the driver's archive of classes. */
class ClusterSettingsTest {
  private static final String HERE = "spark://127.0.0.1:7077";
  private static final Path JAR = Path.of("/opt/mill race/millrace.jar");
  private static final Path ARCHIVE = Path.of("/opt/mill race/classes.jsa");

  private static SparkConf brought(String master, Optional<Path> archive, String... given) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < given.length; i += 2) {
      conf.set(given[i], given[i + 1]);
    }
    ClusterSettings.bring(JAR, archive, conf, master);
    return conf;
  }

  @Test
  void localExecutorsStartFromTheClassArchive() {
    SparkConf conf =
        brought(HERE, Optional.of(ARCHIVE), "spark.executor.extraJavaOptions", "-Da=b");
    assertThat(conf.get("spark.executor.extraClassPath")).isEqualTo(JAR.toString());
    assertThat(
            org.apache.spark.util.Utils.splitCommandString(
                    conf.get("spark.executor.extraJavaOptions"))
                .mkString("|"))
        .isEqualTo("-Da=b|-XX:SharedArchiveFile=" + ARCHIVE);
    assertThat(conf.contains("spark.jars")).isFalse();
  }

  @Test
  void givesSparkTheJarElsewhereAndWithoutArchive() {
    assertThat(brought("spark://far:7077", Optional.of(ARCHIVE)).getAll())
        .containsExactly(new scala.Tuple2<>("spark.jars", "file:/opt/mill%20race/millrace.jar"));
    assertThat(brought(HERE, Optional.empty()).getAll())
        .containsExactly(new scala.Tuple2<>("spark.jars", "local:/opt/mill%20race/millrace.jar"));
  }

  @Test
  void keepsUsersClassPathAndArchive() {
    SparkConf path =
        brought(HERE, Optional.of(ARCHIVE), "spark.executor.extraClassPath", "/opt/mine.jar");
    assertThat(path.get("spark.executor.extraClassPath")).isEqualTo("/opt/mine.jar");
    assertThat(path.get("spark.jars")).startsWith("local:");
    SparkConf archive =
        brought(
            HERE,
            Optional.of(ARCHIVE),
            "spark.executor.extraJavaOptions",
            "-XX:SharedArchiveFile=/opt/mine.jsa");
    assertThat(archive.get("spark.executor.extraJavaOptions"))
        .isEqualTo("-XX:SharedArchiveFile=/opt/mine.jsa");
    assertThat(archive.get("spark.jars")).startsWith("local:");
  }

  @Test
  void takesTheLastArchiveIfItExists(@TempDir Path folder) throws Exception {
    Path there = Files.createFile(folder.resolve("there.jsa"));
    String flag = "-XX:SharedArchiveFile=";
    assertThat(ClassArchive.of(List.of("-Xmx1g", flag + "/opt/first.jsa", flag + there)))
        .contains(there);
    assertThat(ClassArchive.of(List.of(flag + there, flag + folder.resolve("missing.jsa"))))
        .isEmpty();
    assertThat(ClassArchive.of(List.of("-Xmx1g"))).isEmpty();
  }
}
