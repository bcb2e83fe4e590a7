package io.millrace.pipeline.plan;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.traverse.TopologicalOrderIterator;

/** The stages of a pipeline and their dependencies. */
final class StageGraph {
  private final Map<String, StageSpec> stages = new LinkedHashMap<>();
  private final Graph<String, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);

  StageGraph(PipelineSpec pipeline) {
    for (StageSpec stage : pipeline.stages()) {
      stages.put(stage.name(), stage);
      graph.addVertex(stage.name());
    }
    for (StageSpec stage : pipeline.stages()) {
      stage.upstream().forEach(up -> graph.addEdge(up, stage.name()));
    }
  }

  /**
   * The stages that a selection asks for, in topological order, ties in the order of the file.
   *
   * @throws ConfigurationException when it names a stage that isn't there or isn't selected
   */
  List<StageSpec> selected(Selection selection) {
    List<Problem> problems = new ArrayList<>();
    require(selection.only(), "--only", stages.keySet(), problems);
    require(selection.from().stream().toList(), "--from", stages.keySet(), problems);
    require(selection.force(), "--force", stages.keySet(), problems);
    Set<String> chosen = chosen(selection);
    if (problems.isEmpty()) {
      require(selection.from().stream().toList(), "--from", chosen, problems);
      require(selection.force(), "--force", chosen, problems);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    List<String> fileOrder = List.copyOf(stages.keySet());
    List<StageSpec> sorted = new ArrayList<>();
    new TopologicalOrderIterator<>(graph, Comparator.comparingInt(fileOrder::indexOf))
        .forEachRemaining(
            name -> {
              if (chosen.contains(name)) {
                sorted.add(stages.get(name));
              }
            });
    return sorted;
  }

  private void require(
      Collection<String> names, String flag, Set<String> there, List<Problem> problems) {
    for (String name : names) {
      if (!there.contains(name)) {
        String which = stages.containsKey(name) ? " among the selected stages" : "";
        problems.add(
            new Problem(
                flag,
                "there is no stage '"
                    + name
                    + "'"
                    + which
                    + Nearest.hintAndList(name, there, "there are")));
      }
    }
  }

  private Set<String> chosen(Selection selection) {
    if (selection.only().isEmpty()) {
      return stages.keySet();
    }
    Set<String> needed = new HashSet<>();
    selection.only().forEach(name -> addUpstream(name, needed));
    // In the file's order, for messages.
    return stages.keySet().stream()
        .filter(needed::contains)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void addUpstream(String name, Set<String> needed) {
    StageSpec stage = stages.get(name);
    if (stage != null && needed.add(name)) {
      stage.upstream().forEach(up -> addUpstream(up, needed));
    }
  }

  /** Why a stage must run even if nothing changed; empty if it need not. */
  Optional<String> forced(String stage, Selection selection) {
    if (selection.forceAll() || selection.force().contains(stage)) {
      return Optional.of("forced");
    }
    return selection
        .from()
        .filter(from -> dependsOn(stage, from))
        .map(from -> from.equals(stage) ? "forced" : "forced by --from " + from);
  }

  private boolean dependsOn(String stage, String from) {
    return stage.equals(from)
        || stages.get(stage).upstream().stream().anyMatch(up -> dependsOn(up, from));
  }
}
