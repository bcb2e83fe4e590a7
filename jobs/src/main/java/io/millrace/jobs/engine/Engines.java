package io.millrace.jobs.engine;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.ListedServices;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The engines on the class path, found through {@link ListedServices}. */
public final class Engines {
  /** The engine of a training that names none. */
  public static final String DEFAULT = "dl4j";

  private Engines() {}

  /** Every engine on the class path. */
  public static List<Engine> all() {
    return ListedServices.of(Engine.class, "engines");
  }

  /** Why a name can't be used; empty if there is such an engine. */
  public static Optional<String> refusal(String name) {
    try {
      named(name);
      return Optional.empty();
    } catch (CannotException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * The engine with that name.
   *
   * @throws CannotException if there is none; the message names the engines
   */
  public static Engine named(String name) {
    List<Engine> engines = all();
    return engines.stream()
        .filter(engine -> engine.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CannotException(
                    "find an engine named " + name,
                    "there are "
                        + engines.stream()
                            .map(Engine::name)
                            .sorted()
                            .collect(Collectors.joining(", "))));
  }
}
