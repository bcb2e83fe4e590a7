package io.millrace.jobs.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first few verdicts in one order; only these are in memory. Equal verdicts rank by position,
 * so that the order in which they are added never matters.
 */
final class Ranking implements Serializable {
  private static final long serialVersionUID = 1L;

  private final By by;
  private final int most;
  // The lowest in rank is at the head, since it is the next to be removed.
  private final PriorityQueue<Verdict> kept;

  /**
   * @param most how many to keep, 0 or more
   */
  Ranking(By by, int most) {
    this.by = by;
    this.most = most;
    this.kept = new PriorityQueue<>(by.reversed());
  }

  void offer(Verdict verdict) {
    if (kept.size() < most) {
      kept.add(verdict);
    } else if (most > 0 && by.compare(verdict, kept.element()) < 0) {
      kept.remove();
      kept.add(verdict);
    }
  }

  void merge(Ranking other) {
    other.kept.forEach(this::offer);
  }

  List<Verdict> inOrder() {
    List<Verdict> sorted = new ArrayList<>(kept);
    sorted.sort(by);
    return sorted;
  }

  /** The order of a ranking. An enum, since a queue is serialised with its comparator. */
  enum By implements Comparator<Verdict> {
    /** The greatest loss first, that is, the smallest probability of the true class. */
    LOSS {
      @Override
      float key(Verdict verdict) {
        return verdict.truth();
      }
    },
    /** The smallest probability of the predicted class first. */
    DOUBT {
      @Override
      float key(Verdict verdict) {
        return verdict.top();
      }
    };

    abstract float key(Verdict verdict);

    @Override
    public int compare(Verdict one, Verdict other) {
      int byKey = Float.compare(key(one), key(other));
      return byKey != 0 ? byKey : Long.compare(one.position(), other.position());
    }
  }
}
