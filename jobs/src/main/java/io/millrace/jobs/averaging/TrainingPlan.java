package io.millrace.jobs.averaging;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.schedule.Schedule;
import java.io.Serializable;
import java.util.List;

/**
 * All that a worker must know about a training, the same in every round. One schedule spans all
 * phases. Epochs are numbered through all phases from 0; each phase begins a new epoch.
 *
 * @param phases in their order, at least one, all with the same number of workers
 * @param schedule of as many epochs as all phases together
 */
public record TrainingPlan(List<TrainingPhase> phases, Schedule schedule) implements Serializable {
  /** Copies the list. */
  public TrainingPlan {
    phases = List.copyOf(phases);
  }

  /** The phase of an epoch. */
  public TrainingPhase phase(int epoch) {
    return phases.get(phaseNumber(epoch));
  }

  /** The rounds of an epoch; fewer than a whole epoch's where a phase ends within it. */
  public Rounds rounds(int epoch) {
    int number = phaseNumber(epoch);
    return phases.get(number).rounds(epoch - firstEpoch(number));
  }

  /** The phase whose network becomes the model. */
  public TrainingPhase last() {
    return phases.get(phases.size() - 1);
  }

  /** How many workers there are; the same in every phase. */
  public int workers() {
    return last().rounds().workers();
  }

  /** How many epochs begin in all phases. */
  public int epochs() {
    return firstEpoch(phases.size());
  }

  /** Rounds of all epochs of all phases. */
  public int rounds() {
    return phases.stream().mapToInt(TrainingPhase::roundsInAll).reduce(0, Math::addExact);
  }

  /** Examples of all epochs of all phases. */
  public long examples() {
    return phases.stream().mapToLong(TrainingPhase::examplesInAll).reduce(0, Math::addExact);
  }

  /** Examples that a worker takes in so many rounds of the training, from the first one on. */
  public long examples(int worker, int ofRounds) {
    long examples = 0;
    int left = ofRounds;
    for (TrainingPhase phase : phases) {
      int here = Math.min(left, phase.roundsInAll());
      examples += phase.examples(worker, here);
      left -= here;
    }
    return examples;
  }

  /**
   * The position of the next round.
   *
   * @param done how many rounds are done, fewer than there are
   */
  public Position position(int done) {
    int left = done;
    for (int number = 0; number < phases.size(); number++) {
      TrainingPhase phase = phases.get(number);
      if (left < phase.roundsInAll()) {
        int perEpoch = phase.rounds().perEpoch();
        return new Position(firstEpoch(number) + left / perEpoch, left % perEpoch);
      }
      left -= phase.roundsInAll();
    }
    throw new IllegalArgumentException("Cannot find a round after " + done + ": it is the last");
  }

  /**
   * The phase of the next round when so many are done; the last phase if there is no next round.
   */
  public TrainingPhase phaseAfter(int done) {
    return done < rounds() ? phase(position(done).epoch()) : last();
  }

  /** Whether a round is the first of a phase that follows another one. */
  public boolean followsPhase(Position position) {
    int number = phaseNumber(position.epoch());
    return number > 0 && position.equals(new Position(firstEpoch(number), 0));
  }

  /** Whether a round is its epoch's last. */
  public boolean endsEpoch(Position position) {
    return position.round() == rounds(position.epoch()).perEpoch() - 1;
  }

  /** Whether a round is its phase's last. */
  public boolean endsPhase(Position position) {
    int number = phaseNumber(position.epoch());
    return endsEpoch(position) && position.epoch() == firstEpoch(number + 1) - 1;
  }

  /**
   * The hyper-parameters of a step of a round.
   *
   * @param step of the round, counted from 0
   */
  public Hyper hyper(Position position, int step) {
    long before = (long) position.round() * rounds(position.epoch()).every();
    return hyper(position.epoch(), before + step);
  }

  /**
   * The hyper-parameters of a step.
   *
   * @param epoch of the whole training, counted from 0
   * @param step of the epoch, counted from 0
   */
  public Hyper hyper(int epoch, long step) {
    int number = phaseNumber(epoch);
    long seen = rounds(epoch).seenBefore(step);
    for (TrainingPhase phase : phases.subList(0, number)) {
      seen += phase.examplesInAll();
    }
    seen += (epoch - firstEpoch(number)) * phases.get(number).rounds().examples();
    return schedule.at(seen / (double) examples()).with(phases.get(number).rates());
  }

  /** The number of the phase of an epoch. */
  private int phaseNumber(int epoch) {
    for (int number = 0; number < phases.size(); number++) {
      if (epoch < firstEpoch(number + 1)) {
        return number;
      }
    }
    throw new IllegalArgumentException("Cannot find epoch " + epoch + ": there are " + epochs());
  }

  /** The first epoch of a phase; for the number after the last phase, how many epochs there are. */
  private int firstEpoch(int phase) {
    return phases.subList(0, phase).stream()
        .mapToInt(TrainingPhase::epochsBegun)
        .reduce(0, Math::addExact);
  }
}
