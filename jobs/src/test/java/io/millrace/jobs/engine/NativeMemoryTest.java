package io.millrace.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.jna.Function;
import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.Minibatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the C library has given out and not got back: unlike resident memory it says nothing of what
 * the heap keeps, nor of what the library keeps for later.
 */
class NativeMemoryTest {
  private static final int STEPS = 400;
  private static final long MIB = 1 << 20;
  // 400 leaks of an activation of this net would be 100 MiB; Java's compiler comes and goes with
  // 15.
  private static final long ALLOWED = 40 * MIB;

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void doesNotGrowOverManySteps(String engine) {
    Blueprint net = new ResNet(List.of(8)).blueprint(3, 16, 16, SmallNetworks.CLASSES);
    Minibatch whole = SmallNetworks.batch(net, 32, 1);
    Minibatch ragged = SmallNetworks.batch(net, 21, 2);
    try (Learner learner =
        new Supervised(
                engine,
                net,
                new CrossEntropy(SmallNetworks.CLASSES),
                new Optimiser.Sgd(0, false),
                1,
                1)
            .learner()) {
      run(learner, whole, ragged, STEPS / 4);
      long before = givenOut();
      run(learner, whole, ragged, STEPS);
      // Arrays that were let go are freed by the library's own threads, some time after a
      // collection.
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(givenOut() - before).as("growth in bytes").isLessThan(ALLOWED));
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

  private static long givenOut() {
    System.gc();
    Allocations now =
        (Allocations)
            Function.getFunction("c", "mallinfo2").invoke(Allocations.class, new Object[0]);
    return now.uordblks.longValue() + now.hblkhd.longValue();
  }

  /** {@code struct mallinfo2} of the GNU C library: in arenas and mapped on their own. */
  public static final class Allocations extends Structure implements Structure.ByValue {
    public NativeLong arena;
    public NativeLong ordblks;
    public NativeLong smblks;
    public NativeLong hblks;
    public NativeLong hblkhd;
    public NativeLong usmblks;
    public NativeLong fsmblks;
    public NativeLong uordblks;
    public NativeLong fordblks;
    public NativeLong keepcost;

    @Override
    protected List<String> getFieldOrder() {
      return List.of(
          "arena",
          "ordblks",
          "smblks",
          "hblks",
          "hblkhd",
          "usmblks",
          "fsmblks",
          "uordblks",
          "fordblks",
          "keepcost");
    }
  }
}
