package io.millrace.jobs.record;

import io.millrace.jobs.files.Json;
import io.millrace.pipeline.job.JobContext;
import java.util.List;
import java.util.Map;

/** Keeps the record of a running training, and sends each piece of it as an event. */
public final class Recorder {
  static final String RESUMED = "resumed";
  static final String ROUND = "round";
  static final String EPOCH = "epoch";
  static final String CHECKPOINT = "checkpoint";
  static final String SECONDS = "seconds";

  private final JobContext context;
  private final TrainingRecord record;

  /**
   * @param record of the rounds before, added to
   */
  public Recorder(JobContext context, TrainingRecord record) {
    this.context = context;
    this.record = record;
    if (!record.rounds().isEmpty()) {
      context.event(RESUMED, Json.fields(record));
    }
  }

  /** The record so far. */
  public TrainingRecord record() {
    return record;
  }

  /** Records a round and sends its event. */
  public void add(TrainingRecord.Round round) {
    record.rounds().add(round);
    context.event(ROUND, Json.fields(round));
  }

  /** Records the end of an epoch and sends its event. */
  public void add(TrainingRecord.Epoch epoch) {
    record.epochs().add(epoch);
    context.event(EPOCH, Json.fields(epoch));
  }

  /** Records the checkpoint after the last round and sends its event. */
  public void addCheckpoint(double seconds) {
    int last = record.rounds().size() - 1;
    context.event(CHECKPOINT, Map.of(ROUND, record.rounds().get(last).round(), SECONDS, seconds));
    note(record, seconds);
  }

  /** Records at the last round how many seconds the checkpoint after it took. */
  static void note(TrainingRecord record, double seconds) {
    List<TrainingRecord.Round> rounds = record.rounds();
    int last = rounds.size() - 1;
    rounds.set(last, rounds.get(last).withCheckpoint(seconds));
  }
}
