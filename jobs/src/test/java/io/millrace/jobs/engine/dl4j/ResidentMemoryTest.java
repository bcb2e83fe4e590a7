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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
  private static final int STEPS = 2_000;
  private static final int PAGE = 4096;
  private static final long MIB = 1 << 20;
  // 2,000 leaks of the smallest image-shaped activation of this net would be 125 MiB.
  private static final long ALLOWED = 48 * MIB;

  @Test
  void staysFlatOverTwoThousandSteps() throws IOException {
    Blueprint net = new ResNet(List.of(8)).blueprint(3, 8, 8, 4);
    Minibatch whole = Batches.of(net, 32, 1);
    Minibatch ragged = Batches.of(net, 21, 2);
    try (Learner learner =
        new Supervised("dl4j", net, new CrossEntropy(4), new Optimiser.Sgd(0, false), 1, 1)
            .learner()) {
      run(learner, whole, ragged, STEPS / 4);
      long before = residentWithoutHeap();
      run(learner, whole, ragged, STEPS);
      // Arrays that were let go are freed by ND4J's own threads, some time after a collection.
      await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(
              () ->
                  assertThat(residentWithoutHeap() - before)
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

  private static long residentWithoutHeap() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
    return Long.parseLong(pages[1]) * PAGE - heap;
  }
}
