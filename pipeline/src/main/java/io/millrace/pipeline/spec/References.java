package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;

/** Checks that every {@code "@stage"} names another stage and that there is no cycle. */
final class References {
  private record Written(Place place, Mark mark) {}

  private final Map<String, StageReader> stages = new HashMap<>();
  private final Map<DefaultEdge, Written> written = new HashMap<>();
  private final Graph<String, DefaultEdge> reads = new SimpleDirectedGraph<>(DefaultEdge.class);
  private final Problems problems;

  private References(List<StageReader> ordered, Problems problems) {
    this.problems = problems;
    for (StageReader stage : ordered) {
      stages.put(stage.name(), stage);
      reads.addVertex(stage.name());
    }
  }

  /**
   * @param ordered all stages, already read, in the order of the file
   */
  static void check(List<StageReader> ordered, Problems problems) {
    References references = new References(ordered, problems);
    ordered.forEach(references::connect);
    references.findCycles(ordered);
  }

  private void connect(StageReader stage) {
    stage
        .locations()
        .forEach(
            (path, location) -> {
              if (location.isReference()) {
                connect(stage, path, location);
              }
            });
  }

  private void connect(StageReader stage, String path, Location location) {
    Place place = stage.placeOf(path);
    Mark mark = Mark.word(stage.label(path), location.text());
    String upstream = location.stage();
    if (!stages.containsKey(upstream)) {
      problems.add(
          place,
          mark,
          stage.label(path)
              + ": '"
              + location
              + "' names no stage"
              + Nearest.hintAndList(upstream, stages.keySet(), "the stages are"));
    } else if (upstream.equals(stage.name())) {
      problems.add(place, mark, stage.label(path) + ": '" + location + "' is the stage itself");
    } else {
      checkKind(stage, path, location);
      DefaultEdge edge = reads.addEdge(stage.name(), upstream);
      if (edge != null) {
        written.put(edge, new Written(place, mark));
      }
    }
  }

  /** Checks the kind of an artifact; a part ({@code "@stage/part"}) may be of any kind. */
  private void checkKind(StageReader stage, String path, Location location) {
    Optional<String> wanted = stage.kindOf(path);
    Optional<String> made = stages.get(location.stage()).makes();
    boolean whole = location.text().equals("@" + location.stage());
    if (!whole || wanted.isEmpty() || made.isEmpty() || wanted.equals(made)) {
      return;
    }
    List<String> serving =
        stages.values().stream()
            .filter(other -> other.makes().equals(wanted))
            .map(other -> "'@" + other.name() + "'")
            .sorted()
            .toList();
    problems.add(
        stage.placeOf(path),
        Mark.word(stage.label(path), location.text()),
        stage.label(path)
            + ": '"
            + location
            + "' makes "
            + made.get()
            + ", but the key needs "
            + wanted.get()
            + (serving.isEmpty() ? "" : "; did you mean " + String.join(" or ", serving) + "?"));
  }

  /**
   * Finds one cycle of every strongly connected group of stages, beginning with the stage that
   * comes first in the file.
   */
  private void findCycles(List<StageReader> ordered) {
    for (Set<String> knot :
        new KosarajuStrongConnectivityInspector<>(reads).stronglyConnectedSets()) {
      if (knot.size() > 1) {
        ordered.stream()
            .map(StageReader::name)
            .filter(knot::contains)
            .findFirst()
            .ifPresent(this::report);
      }
    }
  }

  private void report(String first) {
    BFSShortestPath<String, DefaultEdge> paths = new BFSShortestPath<>(reads);
    GraphPath<String, DefaultEdge> shortest = null;
    DefaultEdge step = null;
    for (DefaultEdge edge : reads.outgoingEdgesOf(first)) {
      GraphPath<String, DefaultEdge> back = paths.getPath(reads.getEdgeTarget(edge), first);
      if (back != null && (shortest == null || back.getLength() < shortest.getLength())) {
        shortest = back;
        step = edge;
      }
    }
    List<String> cycle = new ArrayList<>();
    cycle.add(first);
    cycle.addAll(shortest.getVertexList());
    problems.add(
        written.get(step).place(),
        written.get(step).mark(),
        "the stages read each other in a cycle: " + String.join(" -> ", cycle));
  }
}
