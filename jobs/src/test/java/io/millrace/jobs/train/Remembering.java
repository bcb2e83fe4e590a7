package io.millrace.jobs.train;

import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.List;
import java.util.Map;

/**
 * A supervised learner with a memory of its own worker: the loss of all minibatches that it has
 * seen, which turns its learning rate, so that a memory that is lost, averaged or another worker's
 * gives other weights.
 */
record Remembering(Supervised trained) implements LearnerSpec {
  static final String MEMORY = "memory";

  @Override
  public Learner learner() {
    Learner inner = trained.learner();
    return new Learner() {
      private float memory;

      @Override
      public Measures step(Minibatch batch, Hyper hyper) {
        Measures found =
            inner.step(batch, new Hyper(hyper.learningRate() / (1 + memory), hyper.momentum()));
        memory += (float) found.sum("loss") / batch.size();
        return found;
      }

      @Override
      public Measures measure(Minibatch batch) {
        return inner.measure(batch);
      }

      @Override
      public State state() {
        float[] values = {memory};
        return inner
            .state()
            .and(new State(List.of(new NamedTensor(MEMORY, new int[] {1}, Role.LOCAL, values))));
      }

      @Override
      public void restore(State state) {
        memory = state.tensor(MEMORY).orElseThrow().values()[0];
        inner.restore(state.where(tensor -> !tensor.name().equals(MEMORY)));
      }

      @Override
      public void close() {
        inner.close();
      }
    };
  }

  @Override
  public List<Measure> measures() {
    return trained.measures();
  }

  @Override
  public long weights() {
    return trained.weights();
  }

  @Override
  public long multiplyAdds() {
    return trained.multiplyAdds();
  }

  @Override
  public String device() {
    return trained.device();
  }

  @Override
  public Map<String, String> description() {
    return trained.description();
  }

  @Override
  public State carriedOver(LearnerSpec before, State state) {
    return state;
  }
}
