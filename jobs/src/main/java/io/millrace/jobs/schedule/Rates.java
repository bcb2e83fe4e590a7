package io.millrace.jobs.schedule;

import java.util.List;

/** One value, or the first and the last of a part of a training. */
final class Rates {
  private Rates() {}

  /**
   * Checks a learning rate.
   *
   * @throws IllegalArgumentException if it is not one or two numbers of at least 0
   */
  static List<Double> learningRate(List<Double> given) {
    return checked("lr", given, Double.POSITIVE_INFINITY, "of 0 or more");
  }

  /**
   * Checks a momentum.
   *
   * @throws IllegalArgumentException if it is not one or two numbers of 0..1
   */
  static List<Double> momentum(List<Double> given) {
    return checked("momentum", given, 1, "of 0..1");
  }

  private static List<Double> checked(String key, List<Double> given, double most, String range) {
    boolean within = given.stream().allMatch(it -> it >= 0 && it <= most);
    if (given.isEmpty() || given.size() > 2 || !within) {
      throw new IllegalArgumentException(
          "Cannot take %s = %s: give one number %s, or the first and the last, such as [0.1, 0.01]"
              .formatted(key, given, range));
    }
    return List.copyOf(given);
  }

  /** The first value. */
  static double first(List<Double> values) {
    return values.get(0);
  }

  /** The last value, or another where only the first is given. */
  static double last(List<Double> values, double otherwise) {
    return values.size() == 2 ? values.get(1) : otherwise;
  }
}
