package io.millrace.pipeline.plan;

import java.util.List;
import java.util.Optional;

/**
 * Which stages the user asked for.
 *
 * @param only only these stages and those that they need; empty = all
 * @param from this stage and all that depends on it run again
 * @param force these stages run again
 * @param forceAll every selected stage runs again
 */
public record Selection(
    List<String> only, Optional<String> from, List<String> force, boolean forceAll) {
  /** Every stage, none forced. */
  public static final Selection ALL = new Selection(List.of(), Optional.empty(), List.of(), false);

  public Selection {
    only = List.copyOf(only);
    force = List.copyOf(force);
  }
}
