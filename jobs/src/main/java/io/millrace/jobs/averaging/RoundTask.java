package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.spark.SparkTasks.Task;
import org.apache.spark.broadcast.Broadcast;

/** One worker's share of a round: a pure function of plan, state, epoch, round and worker. */
final class RoundTask implements Task<Integer, WorkerRound> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TrainingPlan> plan;
  private final Broadcast<State> state;
  private final Position position;

  RoundTask(Broadcast<TrainingPlan> plan, Broadcast<State> state, Position position) {
    this.plan = plan;
    this.state = state;
    this.position = position;
  }

  @Override
  public WorkerRound apply(Integer worker) {
    Trainee trainee = plan.value().phase(position.epoch()).trainee();
    try (RoundShare share = new RoundShare(plan.value(), position, worker)) {
      if (share.isEmpty()) {
        return share.report();
      }
      Learner learner = LearnerPool.borrow(trainee);
      boolean whole = false;
      try {
        WorkerRound result = fitted(learner, share);
        whole = true;
        return result;
      } finally {
        if (whole) {
          LearnerPool.giveBack(trainee, learner);
        } else {
          learner.close();
        }
      }
    }
  }

  private WorkerRound fitted(Learner learner, RoundShare share) {
    learner.restore(state.value());
    while (share.hasNext()) {
      share.stepped(learner.step(share.next(), share.hyper()));
    }
    return share.report(share.diverged() ? null : learner.state());
  }
}
