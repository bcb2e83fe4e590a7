package io.millrace.jobs.averaging;

import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.tensor.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Learners of this process that are at rest. To build one is expensive; each user restores a whole
 * state into the one that it gets, so that nothing passes from one task to the next.
 */
public final class LearnerPool {
  private static final Deque<Resting> RESTING = new ArrayDeque<>();

  private LearnerPool() {}

  /**
   * Does something with a learner on the device of the task on this thread; the learner is in any
   * state, a new one in its first. A learner whose user fails is closed.
   */
  static <R> R with(LearnerSpec spec, Function<Learner, R> work) {
    Learner learner = borrow(spec);
    boolean whole = false;
    try {
      R result = work.apply(learner);
      whole = true;
      return result;
    } finally {
      if (whole) {
        giveBack(spec, learner);
      } else {
        learner.close();
      }
    }
  }

  /**
   * The first state of a learner. It comes of a new one: those at rest have been trained, maybe by
   * another training of the same spec.
   */
  static State first(LearnerSpec spec) {
    Learner fresh = spec.learner();
    State state = fresh.state();
    giveBack(spec, fresh);
    return state;
  }

  /** Closes the learners of a training that is over, as far as they are in this process. */
  public static void close(LearnerSpec spec) {
    List<Learner> over = new ArrayList<>();
    synchronized (RESTING) {
      RESTING.removeIf(resting -> resting.spec().equals(spec) && over.add(resting.learner()));
    }
    over.forEach(Learner::close);
  }

  private static Learner borrow(LearnerSpec spec) {
    String device = spec.device();
    List<Learner> strangers = new ArrayList<>();
    Learner found = null;
    synchronized (RESTING) {
      Iterator<Resting> all = RESTING.iterator();
      while (all.hasNext() && found == null) {
        Resting resting = all.next();
        if (resting.spec().equals(spec) && resting.device().equals(device)) {
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
    return found == null ? spec.learner() : found;
  }

  private static void giveBack(LearnerSpec spec, Learner learner) {
    Resting resting = new Resting(spec, spec.device(), learner);
    synchronized (RESTING) {
      RESTING.addLast(resting);
    }
  }

  private record Resting(LearnerSpec spec, String device, Learner learner) {}
}
