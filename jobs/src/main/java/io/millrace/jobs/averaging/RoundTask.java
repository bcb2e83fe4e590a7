package io.millrace.jobs.averaging;

import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.spark.SparkTasks.Task;
import io.millrace.jobs.tensor.State;
import org.apache.spark.broadcast.Broadcast;

/** One worker's share of a round: a pure function of plan, state, epoch, round and worker. */
final class RoundTask implements Task<Integer, WorkerRound> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingPlan> plan;
  private final Broadcast<TrainingState> state;
  private final Position position;

  RoundTask(Broadcast<TrainingPlan> plan, Broadcast<TrainingState> state, Position position) {
    this.plan = plan;
    this.state = state;
    this.position = position;
  }

  @Override
  public WorkerRound apply(Integer worker) {
    LearnerSpec spec = plan.value().phase(position.epoch()).learner();
    try (RoundShare share = new RoundShare(plan.value(), position, worker)) {
      return share.isEmpty()
          ? share.report()
          : LearnerPool.with(spec, learner -> fitted(learner, share, worker));
    }
  }

  private WorkerRound fitted(Learner learner, RoundShare share, int worker) {
    learner.restore(state.value().of(worker));
    while (share.hasNext()) {
      share.stepped(learner.step(share.next(), share.hyper()));
    }
    return share.report(share.diverged() ? State.EMPTY : learner.state());
  }
}
