package io.millrace.jobs.testing;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineChecks;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine in Java alone, for tests that show something of training rather than of an engine:
 * linear maps, ReLU, sums and flattening, in double precision. It gives the gradient of the input
 * and keeps any number of passes open.
 */
public final class PlainEngine implements Engine {
  /** Its name. */
  public static final String NAME = "plain";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "Java alone, for tests";
  }

  @Override
  public Map<String, String> description() {
    return Map.of("engine", NAME, "device", device());
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public boolean onCpu() {
    return true;
  }

  @Override
  public List<String> unsupported(Blueprint blueprint, Set<Ability> needed) {
    List<String> sentences = new ArrayList<>();
    for (Node node : blueprint.nodes()) {
      if (!isKnown(node.operation())) {
        sentences.add(
            "plain has no %s (%s); take engine = dl4j"
                .formatted(node.operation().getClass().getSimpleName(), node.name()));
      }
    }
    return sentences;
  }

  @Override
  public Network network(Blueprint blueprint, int threads, long seed, Precision precision) {
    precision(precision);
    List<String> unsupported = unsupported(blueprint, Set.of());
    if (!unsupported.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot build the network: " + String.join("; ", unsupported));
    }
    EngineChecks.threads(threads);
    return new PlainNetwork(blueprint, seed);
  }

  private static boolean isKnown(Operation operation) {
    return operation instanceof Operation.Dense
        || operation instanceof Operation.Relu
        || operation instanceof Operation.Add
        || operation instanceof Operation.Flatten;
  }
}
