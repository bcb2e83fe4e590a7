package io.millrace.jobs.page;

import java.util.ArrayList;
import java.util.List;

/** Chooses elements that are evenly spread over a list. */
public final class Spread {
  private Spread() {}

  /** At most so many of a list, at even distances, in order. */
  public static <T> List<T> evenly(List<T> all, int most) {
    int taken = Math.min(most, all.size());
    List<T> some = new ArrayList<>(taken);
    for (int i = 0; i < taken; i++) {
      some.add(all.get((int) ((long) all.size() * i / taken)));
    }
    return some;
  }
}
