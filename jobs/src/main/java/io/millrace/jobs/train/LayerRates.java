package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.optimiser.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which tensors share a learning rate in every phase of a training, and which rate that is. A group
 * of the configuration that a phase freezes in part becomes several groups, so that all phases have
 * the same ones and the optimiser keeps its state from one to the next.
 *
 * @param groups names of tensors by group; tensors with the plain rate in all phases are in none
 * @param factors of each phase, by group
 */
record LayerRates(Map<String, List<String>> groups, List<Map<String, Double>> factors) {
  /**
   * @param network of any phase: all have the same tensors
   * @param groups of the stage, without problems
   * @param freeze of each phase, without problems
   */
  static LayerRates of(Blueprint network, List<LayerGroup> groups, List<List<String>> freeze) {
    Map<List<Double>, List<String>> alike = new LinkedHashMap<>();
    for (String tensor : tensors(network)) {
      double factor =
          groups.stream()
              .filter(group -> isIn(tensor, group.layers()))
              .mapToDouble(LayerGroup::factor)
              .findFirst()
              .orElse(1);
      List<Double> inPhases =
          freeze.stream().map(frozen -> isIn(tensor, frozen) ? 0.0 : factor).toList();
      if (inPhases.stream().anyMatch(it -> it != 1)) {
        alike.computeIfAbsent(inPhases, it -> new ArrayList<>()).add(tensor);
      }
    }
    Map<String, List<String>> named = new LinkedHashMap<>();
    List<Map<String, Double>> factors = new ArrayList<>();
    freeze.forEach(phase -> factors.add(new LinkedHashMap<>()));
    alike.forEach(
        (inPhases, members) -> {
          String name = "group" + (named.size() + 1);
          named.put(name, members);
          for (int i = 0; i < inPhases.size(); i++) {
            factors.get(i).put(name, inPhases.get(i));
          }
        });
    return new LayerRates(named, factors);
  }

  /** What is wrong with groups: one names no layer, or two claim the same. */
  static Optional<String> problem(Blueprint network, List<LayerGroup> groups) {
    for (LayerGroup group : groups) {
      Optional<String> nowhere = nowhere(network, group.layers());
      if (nowhere.isPresent() || group.layers().isEmpty()) {
        return nowhere.or(() -> Optional.of("a group has no layers; name some in layers"));
      }
    }
    for (String tensor : tensors(network)) {
      List<LayerGroup> owners =
          groups.stream().filter(group -> isIn(tensor, group.layers())).toList();
      if (owners.size() > 1) {
        return Optional.of(
            "two groups claim %s: %s and %s; leave it in one"
                .formatted(tensor, owners.get(0).layers(), owners.get(1).layers()));
      }
    }
    return Optional.empty();
  }

  /** What is wrong with layers to freeze: one is not there, or nothing is left to train. */
  static Optional<String> freezeProblem(Blueprint network, List<String> freeze) {
    return nowhere(network, freeze)
        .or(
            () ->
                tensors(network).stream().allMatch(tensor -> isIn(tensor, freeze))
                    ? Optional.of("it freezes every layer, and nothing is left to train")
                    : Optional.empty());
  }

  private static Optional<String> nowhere(Blueprint network, List<String> layers) {
    return layers.stream()
        .filter(layer -> tensors(network).stream().noneMatch(it -> Layout.isIn(it, layer)))
        .findFirst()
        .map(
            layer ->
                "no layer is named %s or begins with it; there are %s"
                    .formatted(
                        layer,
                        tensors(network).stream()
                            .map(name -> name.split("\\.", 2)[0])
                            .distinct()
                            .collect(Collectors.joining(", "))));
  }

  private static List<String> tensors(Blueprint network) {
    return network.tensors().stream().filter(TensorSpec::trainable).map(TensorSpec::name).toList();
  }

  private static boolean isIn(String tensor, List<String> layers) {
    return layers.stream().anyMatch(layer -> Layout.isIn(tensor, layer));
  }
}
