package io.millrace.jobs.train;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobContext.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person sees of a training: a line for the whole, and one a worker where there is room. */
final class TrainingProgress implements AutoCloseable {
  private final Rounds rounds;
  private final int epochs;
  private final Progress whole;
  private final List<Progress> workers = new ArrayList<>();

  /**
   * @param before rounds that were done by an earlier attempt
   */
  TrainingProgress(JobContext context, Rounds rounds, int epochs, int before) {
    this.rounds = rounds;
    this.epochs = epochs;
    int wholeEpochs = before / rounds.perEpoch();
    int round = before % rounds.perEpoch();
    whole = context.progress("train", rounds.images() * epochs, "images");
    whole.already(wholeEpochs * rounds.images() + rounds.seenBefore((long) round * rounds.every()));
    for (int worker = 0; worker < rounds.workers(); worker++) {
      long images = rounds.from(worker, rounds.perEpoch()) - rounds.from(worker, 0);
      Progress part = whole.part("worker " + (worker + 1), images * epochs);
      part.already(wholeEpochs * images + rounds.from(worker, round) - rounds.from(worker, 0));
      workers.add(part);
    }
  }

  /**
   * Tells of a round.
   *
   * @param results of each worker
   */
  void tell(TrainingRecord.Round done, List<WorkerRound> results) {
    for (int worker = 0; worker < results.size(); worker++) {
      workers.get(worker).advance(results.get(worker).images());
    }
    whole.advance(done.images());
    whole.note(note(done));
  }

  /** What matters most first. The minibatches are those of each worker in this epoch. */
  private String note(TrainingRecord.Round done) {
    int ofEpoch = (done.round() - 1) % rounds.perEpoch() + 1;
    return String.format(
        Locale.ROOT,
        "loss %.2f, accuracy %.1f %%, epoch %d/%d, minibatch %,d/%,d",
        done.loss(),
        100 * done.accuracy(),
        done.epoch(),
        epochs,
        Math.min(rounds.minibatches(), (long) ofEpoch * rounds.every()),
        rounds.minibatches());
  }

  @Override
  public void close() {
    workers.forEach(Progress::close);
    whole.close();
  }
}
