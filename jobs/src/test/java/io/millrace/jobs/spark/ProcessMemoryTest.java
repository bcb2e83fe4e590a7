package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.natives.NativeLibraries;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** What is known of an executor's memory: a training that would fit must not be refused. */
class ProcessMemoryTest {
  @Test
  void countsTasksAtOnceByCoresAndGpus() {
    SparkConf conf = new SparkConf(false).set("spark.executor.cores", "8");
    assertThat(ProcessMemory.tasks(conf, Map.of())).isEqualTo(8);
    assertThat(ProcessMemory.tasks(conf, Map.of("spark.task.cpus", "3"))).isEqualTo(2);
    assertThat(ProcessMemory.tasks(conf.clone().set("spark.task.cpus", "16"), Map.of())).isOne();
    conf.set("spark.executor.resource.gpu.amount", "1");
    assertThat(ProcessMemory.tasks(conf, Map.of())).isOne();
    assertThat(ProcessMemory.tasks(conf, Map.of("spark.task.resource.gpu.amount", "0.25")))
        .isEqualTo(4);
  }

  @Test
  void readsLimitOfArraysFromJavaOptions() {
    String option = "-D" + NativeLibraries.MAX_BYTES + "=";
    assertThat(ProcessMemory.arrays("-Da=b " + option + "1000 -Dc=d")).isEqualTo(1000);
    assertThat(ProcessMemory.arrays("-Da=b")).isEqualTo(Long.MAX_VALUE);
    assertThat(ProcessMemory.arrays(option + "4g")).isEqualTo(Long.MAX_VALUE);
  }
}
