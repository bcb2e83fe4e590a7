package io.millrace.jobs.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private static final CrossEntropy LOSS = new CrossEntropy(3);

  @Test
  void gradientEqualsFiniteDifferences() {
    Minibatch batch = batch(2, 0.25f, 0.75f, 0, 0, 0, 1);
    double[] logits = {0.5, -1, 2, 30, -40, 25};
    double[] slope = LOSS.slope(tensor(logits), batch).gradient().values();
    double step = 1e-6;
    for (int i = 0; i < logits.length; i++) {
      double[] above = logits.clone();
      double[] below = logits.clone();
      above[i] += step;
      below[i] -= step;
      double difference = (loss(above, batch) - loss(below, batch)) / (2 * step);
      assertThat(slope[i]).as("logit " + i).isCloseTo(difference, within(1e-7));
    }
  }

  @Test
  void refusesTargetsThatDoNotAddUpToOne() {
    Minibatch half = batch(2, 0.25f, 0.75f, 0, 0.5f, 0, 0);
    assertThatThrownBy(() -> LOSS.targets(half))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot train on picture1: the targets of its classes add up to 0.5, not to 1");
    assertThatThrownBy(() -> LOSS.targets(batch(1, Float.NaN, 0, 1)))
        .hasMessageContaining("add up to NaN");
  }

  @Test
  void refusesTargetsOfAnotherShape() {
    assertThatThrownBy(() -> LOSS.targets(batch(2, 1, 0, 0, 1)))
        .hasMessage("Cannot take targets of shape [2, 2]: the loss takes [2, 3]");
  }

  private static double loss(double[] logits, Minibatch batch) {
    return LOSS.slope(tensor(logits), batch).measures().means().get(CrossEntropy.LOSS);
  }

  private static DoubleTensor tensor(double[] logits) {
    return new DoubleTensor(logits, logits.length / 3, 3);
  }

  private static Minibatch batch(int examples, float... targets) {
    List<String> ids = List.of("picture0", "picture1").subList(0, examples);
    FloatTensor tensor =
        new FloatTensor(FloatBuffer.wrap(targets), examples, targets.length / examples);
    return new Minibatch(ids, Map.of(Minibatch.TARGETS, tensor));
  }
}
