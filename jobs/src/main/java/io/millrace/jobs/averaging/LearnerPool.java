package io.millrace.jobs.averaging;

import io.millrace.jobs.engine.Learner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Learners of this process that are at rest. To build one is dear; each user restores a whole state
 * into the one that it gets, so that nothing passes from one task to the next.
 */
public final class LearnerPool {
  private static final Deque<Resting> RESTING = new ArrayDeque<>();

  private LearnerPool() {}

  /**
   * A learner on the device of the task on this thread, in whatever state; a new one is in its
   * first state.
   */
  static Learner borrow(Trainee trainee) {
    String device = trainee.device();
    List<Learner> strangers = new ArrayList<>();
    Learner found = null;
    synchronized (RESTING) {
      Iterator<Resting> all = RESTING.iterator();
      while (all.hasNext() && found == null) {
        Resting resting = all.next();
        if (resting.trainee().equals(trainee) && resting.device().equals(device)) {
          found = resting.learner();
          all.remove();
        }
      }
      // Beyond this many, the longest at rest belong to trainings that are over.
      while (found == null && RESTING.size() > Runtime.getRuntime().availableProcessors()) {
        strangers.add(RESTING.removeFirst().learner());
      }
    }
    strangers.forEach(Learner::close);
    return found == null ? trainee.learner() : found;
  }

  /** Puts a learner to rest, on the thread of the task that had it. */
  static void giveBack(Trainee trainee, Learner learner) {
    Resting resting = new Resting(trainee, trainee.device(), learner);
    synchronized (RESTING) {
      RESTING.addLast(resting);
    }
  }

  /** Closes the learners of a training that is over, as far as they are in this process. */
  public static void close(Trainee trainee) {
    List<Learner> over = new ArrayList<>();
    synchronized (RESTING) {
      RESTING.removeIf(resting -> resting.trainee().equals(trainee) && over.add(resting.learner()));
    }
    over.forEach(Learner::close);
  }

  private record Resting(Trainee trainee, String device, Learner learner) {}
}
