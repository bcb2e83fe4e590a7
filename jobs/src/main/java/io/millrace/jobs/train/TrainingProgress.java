package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Position;
import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.WorkerRound;
import io.millrace.jobs.record.MeasureText;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.spark.TrainingGauges;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobContext.Progress;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows the progress of a training: a line for the whole and, if there is room, one for each
 * worker; and sets the gauges.
 */
final class TrainingProgress implements AutoCloseable {
  private final TrainingPlan plan;
  private final Progress whole;
  private final List<Progress> workers = new ArrayList<>();

  /**
   * @param before rounds that were done by an earlier attempt
   */
  TrainingProgress(JobContext context, TrainingPlan plan, int before) {
    this.plan = plan;
    whole = context.progress("train", plan.examples(), plan.last().examples().unit());
    long seen = 0;
    for (int worker = 0; worker < plan.workers(); worker++) {
      seen += plan.examples(worker, before);
    }
    whole.already(seen);
    for (int worker = 0; worker < plan.workers(); worker++) {
      Progress part = whole.part("worker " + (worker + 1), plan.examples(worker, plan.rounds()));
      part.already(plan.examples(worker, before));
      workers.add(part);
    }
  }

  /**
   * Reports a round.
   *
   * @param results of each worker
   */
  void tell(TrainingRecord.Round done, List<WorkerRound> results) {
    for (int worker = 0; worker < results.size(); worker++) {
      workers.get(worker).advance(results.get(worker).examples());
    }
    whole.advance(done.examples());
    whole.note(note(done));
    TrainingGauges.show(
        new TrainingGauges.Figures(
            done.examples() / done.seconds(),
            done.seconds(),
            done.times().waited() / (done.seconds() * results.size()),
            done.times().average() / done.seconds()));
  }

  /** The most important figures first. The minibatches are those of each worker in this epoch. */
  private String note(TrainingRecord.Round done) {
    Position position = plan.position(done.round() - 1);
    TrainingPhase phase = plan.phase(position.epoch());
    Rounds rounds = plan.rounds(position.epoch());
    String measures =
        phase.learner().measures().stream()
            .filter(measure -> done.measures().containsKey(measure.name()))
            .map(measure -> MeasureText.note(measure, done.measures().get(measure.name())))
            .collect(Collectors.joining(", "));
    return "%s, epoch %d/%d%s, minibatch %s/%s"
        .formatted(
            measures,
            done.epoch(),
            plan.epochs(),
            plan.phases().size() == 1 ? "" : " of " + phase.examples().described(),
            Amounts.count(Math.min(rounds.minibatches(), (position.round() + 1L) * rounds.every())),
            Amounts.count(rounds.minibatches()));
  }

  @Override
  public void close() {
    workers.forEach(Progress::close);
    whole.close();
  }
}
