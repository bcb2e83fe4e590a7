package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What Spark needs of the driver: errors name it and say what to do. */
class DriverTest {
  private static final long MB = 1L << 20;

  private final SparkConf conf = new SparkConf(false).set("spark.master", "local[*]");

  @Test
  void refusesSmallDriverHeapAndNamesTheOption() {
    assertThatThrownBy(() -> DriverHeap.require(conf, 334 * MB, false))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot start Spark on local[*]: Java's heap here is 334.0 MiB at most and Spark needs"
                + " 450.0 MiB; give it more with MILLRACE_JAVA_OPTS=-Xmx600m (java -Xmx600m)");
    assertThatThrownBy(() -> DriverHeap.require(conf, 334 * MB, true))
        .hasMessageEndingWith("give it more with --driver-memory 600m");
    assertThatCode(() -> DriverHeap.require(conf, 450 * MB, false)).doesNotThrowAnyException();
  }

  @Test
  void refusesSmallExecutorHeap() {
    conf.set("spark.executor.memory", "300m");
    assertThatThrownBy(() -> DriverHeap.require(conf, 1024 * MB, false))
        .isInstanceOf(CannotException.class)
        .hasMessageEndingWith(
            "spark.executor.memory is 300m and Spark needs 450m of an executor at least; raise it");
  }

  @Test
  void refusesUserWithoutNameOnAClusterOnly() {
    assertThatThrownBy(() -> DriverUser.requireName("spark://h:7077", Optional.of("12345")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("user id 12345 has no name here")
        .hasMessageContaining("/etc/passwd")
        .hasMessageContaining("HADOOP_USER_NAME");
    assertThatCode(() -> DriverUser.requireName("spark://h:7077", Optional.empty()))
        .doesNotThrowAnyException();
  }
}
