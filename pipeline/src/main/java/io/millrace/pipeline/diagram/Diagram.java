package io.millrace.pipeline.diagram;

import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The stages of a pipeline, which of them read from which, and the status of each. */
public final class Diagram {
  /**
   * A stage.
   *
   * @param outcome as text
   */
  record Node(String name, String job, StageStatus status, String outcome) {}

  /**
   * A stage that reads another.
   *
   * @param label the keys that refer to the stage; empty if the key has the stage's name
   */
  record Edge(String from, String to, String label) {}

  private final List<Node> nodes = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  private Diagram() {}

  /** A diagram of what a run would do. */
  public static Diagram of(Plan plan) {
    Diagram diagram = new Diagram();
    for (PlannedStage planned : plan.stages()) {
      String name = planned.stage().name();
      String job = planned.stage().job().name();
      StageStatus status = StageStatus.of(planned.outcome());
      diagram.nodes.add(new Node(name, job, status, planned.outcomeText()));
      Map<String, String> reads = new TreeMap<>();
      planned.stage().locations().forEach((key, place) -> addReference(key, place, reads));
      diagram.join(name, reads);
    }
    return diagram;
  }

  private static void addReference(String key, Location place, Map<String, String> reads) {
    if (place.isReference()) {
      reads.put(key, place.stage());
    }
  }

  /** A diagram of what a run has done so far. */
  public static Diagram of(RunRecord run) {
    Diagram diagram = new Diagram();
    for (StageRecord stage : run.stages()) {
      StageStatus status = StageStatus.of(stage.state());
      diagram.nodes.add(new Node(stage.name(), stage.job(), status, stage.state().text()));
    }
    run.stages().forEach(stage -> diagram.join(stage.name(), stage.reads()));
    return diagram;
  }

  private void join(String to, Map<String, String> reads) {
    Map<String, Set<String>> keys = new TreeMap<>();
    reads.forEach((key, from) -> keys.computeIfAbsent(from, name -> new TreeSet<>()).add(key));
    Set<String> there = new HashSet<>();
    nodes.forEach(node -> there.add(node.name));
    keys.forEach(
        (from, by) -> {
          if (there.contains(from)) {
            by.remove(from);
            edges.add(new Edge(from, to, String.join(", ", by)));
          }
        });
  }

  List<Node> nodes() {
    return nodes;
  }

  List<Edge> edges() {
    return edges;
  }

  /** The number of a stage, for names that are safe in any language. */
  int number(String name) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name.equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no stage '" + name + "'");
  }
}
