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
 * Learners of this process that are not in use, since building one is expensive. Each user restores
 * a whole state into the learner that it gets, so nothing passes from one task to the next.
 */
public final class LearnerPool {
  private static final Deque<Unused> UNUSED = new ArrayDeque<>();

  private LearnerPool() {}

  /**
   * Runs work with a learner on the device of this thread's task. A new learner is in its initial
   * state, one used before in any state. If the work fails, the learner is closed.
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
   * The initial state of a learner. It is that of a new learner, since those in the pool have been
   * trained, maybe by another training of the same spec.
   */
  static State first(LearnerSpec spec) {
    Learner fresh = spec.learner();
    State state = fresh.state();
    giveBack(spec, fresh);
    return state;
  }

  /** Closes this process's learners of a training that has ended. */
  public static void close(LearnerSpec spec) {
    List<Learner> over = new ArrayList<>();
    synchronized (UNUSED) {
      UNUSED.removeIf(unused -> unused.spec().equals(spec) && over.add(unused.learner()));
    }
    over.forEach(Learner::close);
  }

  private static Learner borrow(LearnerSpec spec) {
    String device = spec.device();
    List<Learner> strangers = new ArrayList<>();
    Learner found = null;
    synchronized (UNUSED) {
      Iterator<Unused> all = UNUSED.iterator();
      while (all.hasNext() && found == null) {
        Unused unused = all.next();
        if (unused.spec().equals(spec) && unused.device().equals(device)) {
          found = unused.learner();
          all.remove();
        }
      }
      // Beyond this number, those that were unused longest belong to trainings that have ended.
      while (found == null && UNUSED.size() > Runtime.getRuntime().availableProcessors()) {
        strangers.add(UNUSED.removeFirst().learner());
      }
    }
    strangers.forEach(Learner::close);
    return found == null ? spec.learner() : found;
  }

  private static void giveBack(LearnerSpec spec, Learner learner) {
    Unused unused = new Unused(spec, spec.device(), learner);
    synchronized (UNUSED) {
      UNUSED.addLast(unused);
    }
  }

  private record Unused(LearnerSpec spec, String device, Learner learner) {}
}
