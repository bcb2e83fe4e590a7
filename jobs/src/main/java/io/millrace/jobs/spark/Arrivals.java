package io.millrace.jobs.spark;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Collects the results of a job's tasks, in the order in which the tasks end. */
final class Arrivals<R> extends AbstractFunction2<Object, Object, BoxedUnit> {
  private final Consumer<R> done;
  private final List<R> results;
  private final BitSet ended = new BitSet();
  private Optional<Refused> first = Optional.empty();
  private int refusedAt;
  private boolean over;

  Arrivals(int tasks, Consumer<R> done) {
    this.done = done;
    this.results = new ArrayList<>(Collections.nCopies(tasks, null));
  }

  /** In the order of the inputs; complete when the job has ended without an error. */
  List<R> results() {
    return results;
  }

  /** Whether a refusal has ended the job. */
  synchronized boolean isOver() {
    return over;
  }

  /** Throws a refusal as soon as it is known to be the first by the order of the inputs. */
  @Override
  public synchronized BoxedUnit apply(Object index, Object arrived) {
    if (over) {
      return BoxedUnit.UNIT;
    }
    int task = (Integer) index;
    ended.set(task);
    if (arrived instanceof Refused refused) {
      if (first.isEmpty() || task < refusedAt) {
        first = Optional.of(refused);
        refusedAt = task;
      }
    } else {
      @SuppressWarnings("unchecked")
      R result = (R) arrived;
      results.set(task, result);
      done.accept(result);
    }
    if (first.isPresent() && ended.nextClearBit(0) > refusedAt) {
      over = true;
      // Spark fails the job when this throws.
      throw first.get().why();
    }
    return BoxedUnit.UNIT;
  }
}
