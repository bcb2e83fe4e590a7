package io.millrace.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.spark.SparkTasks.Task;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkTasksTest {
  @TempDir static Path scratch;
  private static JavaSparkContext spark;

  @TempDir Path temp;

  private static final class Unwritable extends IOException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "UnusedVariable"})
    private final Object lock = new Object();
  }

  @BeforeAll
  static void start() {
    // Two tasks at once, each tried four times.
    Map<String, String> settings = Map.of("spark.master", "local[2,4]");
    spark = SharedSpark.context(settings, scratch.toUri(), JobContext.silent()::notice);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void doesNotRetryCannotExceptionAndKeepsItsCause() throws Exception {
    String notes = temp.toString();
    Task<Integer, Integer> task =
        i -> {
          note(notes, "begun", i);
          if (i == 1) {
            throw new CannotException("use picture 7", "it is torn", new IOException("at byte 9"));
          }
          return i;
        };

    assertThatThrownBy(() -> SparkTasks.run(spark, "torn", List.of(0, 1), task, done -> {}))
        .isExactlyInstanceOf(CannotException.class)
        .hasMessage("Cannot use picture 7: it is torn")
        .cause()
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("at byte 9");
    assertThat(noted("begun", 1)).isEqualTo(1);
  }

  @Test
  void keepsSentenceWhenTheCauseIsNotSerialisable() {
    Task<Integer, Integer> task =
        i -> {
          throw new CannotException("use picture 7", "it is torn", new Unwritable());
        };

    assertThatThrownBy(() -> SparkTasks.run(spark, "torn", List.of(0), task, done -> {}))
        .isExactlyInstanceOf(CannotException.class)
        .hasMessage("Cannot use picture 7: it is torn")
        .hasStackTraceContaining("Unwritable");
  }

  @Test
  void throwsFirstRefusalInOrderOfTheInputs() {
    String notes = temp.toString();
    Task<Integer, Integer> task =
        i -> {
          if (i == 0) {
            await(() -> count(notes, "begun", 2) > 0);
          }
          note(notes, "begun", i);
          throw new CannotException("use picture " + i, "it is torn");
        };

    assertThatThrownBy(() -> SparkTasks.run(spark, "torn", List.of(0, 1, 2), task, done -> {}))
        .isExactlyInstanceOf(CannotException.class)
        .hasMessage("Cannot use picture 0: it is torn");
  }

  @Test
  void handsOverFinishedResultsAndStopsTheRestOnRefusal() throws Exception {
    String notes = temp.toString();
    Task<Integer, Integer> task =
        i -> {
          note(notes, "begun", i);
          switch (i) {
            case 0 -> await(() -> count(notes, "begun", 2) > 0);
            case 1 -> throw new CannotException("use picture 1", "it is torn");
            default -> {
              // Only the end of the job ends this one.
              await(() -> false);
            }
          }
          note(notes, "ended", i);
          return i;
        };
    List<Integer> handedOver = Collections.synchronizedList(new ArrayList<>());
    List<Integer> inputs = IntStream.range(0, 6).boxed().toList();

    assertThatThrownBy(() -> SparkTasks.run(spark, "torn", inputs, task, handedOver::add))
        .isExactlyInstanceOf(CannotException.class)
        .hasMessage("Cannot use picture 1: it is torn");
    assertThat(handedOver).containsExactly(0);
    assertThat(noted("ended", 2)).isEqualTo(1);
    assertThat(noted("begun", 5)).isZero();
  }

  @Test
  void retriesOtherExceptions() throws Exception {
    String notes = temp.toString();
    Task<Integer, Integer> task =
        i -> {
          note(notes, "begun", i);
          if (i == 1 && count(notes, "begun", 1) < 3) {
            throw new IOException("the server is busy");
          }
          return i * i;
        };

    assertThat(SparkTasks.run(spark, "squares", List.of(3, 1), task, done -> {}))
        .containsExactly(9, 1);
    assertThat(noted("begun", 1)).isEqualTo(3);
    assertThat(noted("begun", 3)).isEqualTo(1);
  }

  private static void note(String notes, String what, int input) throws IOException {
    Files.createFile(Path.of(notes, what + "-" + input + "-" + UUID.randomUUID()));
  }

  /** Until it is so, or the job is over; not for ever, so that a task that is wrong ends, too. */
  private static void await(Callable<Boolean> so) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!so.call() && !TaskContext.get().isInterrupted() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static long count(String notes, String what, int input) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(notes))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(what + "-" + input + "-"))
          .count();
    }
  }

  private long noted(String what, int input) throws IOException {
    return count(temp.toString(), what, input);
  }
}
