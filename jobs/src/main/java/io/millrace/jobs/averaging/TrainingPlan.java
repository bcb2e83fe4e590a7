package io.millrace.jobs.averaging;

import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.schedule.Schedule;
import java.io.Serializable;
import java.util.List;

/**
 * All that a worker must know of a training, the same in every round. One schedule spans its
 * phases.
 *
 * @param phases in their order, at least one, of one number of workers
 * @param schedule of as many epochs as all phases together
 */
public record TrainingPlan(List<TrainingPhase> phases, Schedule schedule) implements Serializable {
  public TrainingPlan {
    phases = List.copyOf(phases);
  }

  /** The phase of an epoch of the whole training, counted from 0. */
  public TrainingPhase phase(int epoch) {
    int before = 0;
    for (TrainingPhase phase : phases) {
      before += phase.epochs();
      if (epoch < before) {
        return phase;
      }
    }
    throw new IllegalArgumentException("Cannot find epoch " + epoch + ": there are " + before);
  }

  /** The phase whose network becomes the model. */
  public TrainingPhase last() {
    return phases.get(phases.size() - 1);
  }

  /** Whose states are averaged; the same in every phase. */
  public int workers() {
    return last().rounds().workers();
  }

  /** Epochs of all phases. */
  public int epochs() {
    return phases.stream().mapToInt(TrainingPhase::epochs).reduce(0, Math::addExact);
  }

  /** Rounds of all epochs of all phases. */
  public int rounds() {
    return phases.stream().mapToInt(TrainingPhase::roundsInAll).reduce(0, Math::addExact);
  }

  /** Images of all epochs of all phases. */
  public long images() {
    return phases.stream().mapToLong(TrainingPhase::imagesInAll).reduce(0, Math::addExact);
  }

  /** Images that a worker takes in so many rounds of the training, from the first one on. */
  public long images(int worker, int ofRounds) {
    long images = 0;
    int left = ofRounds;
    for (TrainingPhase phase : phases) {
      int here = Math.min(left, phase.roundsInAll());
      images += phase.images(worker, here);
      left -= here;
    }
    return images;
  }

  /**
   * Where the round stands that follows so many.
   *
   * @param done rounds, fewer than there are
   */
  public Position position(int done) {
    int epoch = 0;
    int left = done;
    for (TrainingPhase phase : phases) {
      if (left < phase.roundsInAll()) {
        int perEpoch = phase.rounds().perEpoch();
        return new Position(epoch + left / perEpoch, left % perEpoch);
      }
      left -= phase.roundsInAll();
      epoch += phase.epochs();
    }
    throw new IllegalArgumentException("Cannot find a round after " + done + ": it is the last");
  }

  /** The phase of the round that follows so many; the last one if there is none. */
  public TrainingPhase phaseAfter(int done) {
    return done < rounds() ? phase(position(done).epoch()) : last();
  }

  /** Whether a round is its epoch's last. */
  public boolean endsEpoch(Position position) {
    return position.round() == phase(position.epoch()).rounds().perEpoch() - 1;
  }

  /** Whether a round is its phase's last. */
  public boolean endsPhase(Position position) {
    int before = 0;
    for (TrainingPhase phase : phases) {
      before += phase.epochs();
      if (position.epoch() < before) {
        return endsEpoch(position) && position.epoch() == before - 1;
      }
    }
    return false;
  }

  /**
   * The hyper-parameters of a step of a round.
   *
   * @param step of the round, counted from 0
   */
  public Hyper hyper(Position position, int step) {
    long before = (long) position.round() * phase(position.epoch()).rounds().every();
    return hyper(position.epoch(), before + step);
  }

  /**
   * The hyper-parameters of a step.
   *
   * @param epoch of the whole training, counted from 0
   * @param step of the epoch, counted from 0
   */
  public Hyper hyper(int epoch, long step) {
    long seen = phase(epoch).rounds().seenBefore(step);
    int left = epoch;
    for (TrainingPhase phase : phases) {
      int whole = Math.min(left, phase.epochs());
      seen += whole * phase.rounds().images();
      left -= whole;
    }
    return schedule.at(seen / (double) images());
  }
}
