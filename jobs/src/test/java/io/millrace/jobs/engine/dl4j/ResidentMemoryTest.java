package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
  private static final Pattern RANGE = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ ");
  private static final int STEPS = 400;
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  // Of an activation of this net that is 32 x 8 x 24 x 24 floats, 400 leaks would be 225 MiB.
  private static final long ALLOWED = 80 * MIB;
  // With a heap under 32 GB, objects and classes live far below, libraries and malloc's far above.
  private static final long ABOVE_THE_HEAP = 1L << 40;

  @Test
  void staysFlatOverManySteps() throws IOException {
    Blueprint net = new ResNet(List.of(8)).blueprint(3, 24, 24, 4);
    Minibatch whole = Batches.of(net, 32, 1);
    Minibatch ragged = Batches.of(net, 21, 2);
    try (Learner learner =
        new Supervised("dl4j", net, new CrossEntropy(4), new Optimiser.Sgd(0, false), 1, 1)
            .learner()) {
      run(learner, whole, ragged, STEPS / 4);
      long before = residentOutsideHeap();
      run(learner, whole, ragged, STEPS);
      // Arrays that were let go are freed by ND4J's own threads, some time after a collection.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(residentOutsideHeap() - before)
                      .as("growth in bytes")
                      .isLessThan(ALLOWED));
    }
  }

  private static void run(Learner learner, Minibatch one, Minibatch other, int steps) {
    for (int i = 0; i < steps; i++) {
      Minibatch batch = i % 10 == 9 ? other : one;
      learner.step(batch, new Hyper(1e-3, 0.9));
      if (i % 10 == 0) {
        learner.measure(batch);
      }
    }
  }

  // What the heap gives back or keeps says nothing of native memory, so its pages are not counted.
  private static long residentOutsideHeap() throws IOException {
    System.gc();
    long bytes = 0;
    boolean counted = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      Matcher range = RANGE.matcher(line);
      if (range.lookingAt()) {
        counted = Long.parseUnsignedLong(range.group(1), 16) >= ABOVE_THE_HEAP;
      } else if (counted && line.startsWith("Rss:")) {
        bytes += Long.parseLong(line.replaceAll("\\D", "")) * KIB;
      }
    }
    return bytes;
  }
}
