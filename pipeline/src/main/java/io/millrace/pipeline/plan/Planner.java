package io.millrace.pipeline.plan;

import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what a run would do. The runner asks the same object again for each stage when its inputs
 * are made, so a plan and its run always agree.
 */
public final class Planner {
  private final StageGraph graph;
  private final Workspace workspace;
  private final Selection selection;
  private final List<StageSpec> selected;
  private final Decider decider;

  private Planner(PipelineSpec pipeline, Workspace workspace, Selection selection, Instant now) {
    this.graph = new StageGraph(pipeline);
    this.workspace = workspace;
    this.selection = selection;
    this.selected = graph.selected(selection);
    this.decider = new Decider(workspace, now);
  }

  /**
   * @param now the time that {@code max-age} is measured to
   * @throws io.millrace.pipeline.ConfigurationException when the selection names an unknown stage
   */
  public static Planner of(
      PipelineSpec pipeline, Workspace workspace, Selection selection, Instant now) {
    return new Planner(pipeline, workspace, selection, now);
  }

  /**
   * Decides every selected stage. Writes nothing and starts nothing.
   *
   * @throws io.millrace.pipeline.ConfigurationException when the selection names an unknown stage
   * @throws io.millrace.pipeline.CannotException when the workspace or a source can't be read
   */
  public static Plan plan(PipelineSpec pipeline, Workspace workspace, Selection selection) {
    return of(pipeline, workspace, selection, Instant.now()).plan();
  }

  /**
   * Decides every selected stage. Writes nothing and starts nothing.
   *
   * @throws io.millrace.pipeline.CannotException when the workspace or a source can't be read
   */
  public Plan plan() {
    List<PlannedStage> stages = decisions().stream().map(Decision::planned).toList();
    long needed = stages.stream().mapToLong(stage -> stage.space().orElse(0)).sum();
    return new Plan(stages, needed, workspace.spaceFree());
  }

  /**
   * Every selected stage's decision, in topological order, with what is known before anything runs.
   *
   * @throws io.millrace.pipeline.CannotException when the workspace or a source can't be read
   */
  public List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    Map<String, String> digests = new HashMap<>();
    for (StageSpec stage : selected) {
      Decision decision = decide(stage, digests);
      decision.artifact().ifPresent(a -> digests.put(stage.name(), a.manifest().digest()));
      decisions.add(decision);
    }
    return decisions;
  }

  /**
   * Decides one stage.
   *
   * @param digests of the current artifacts, by stage; an input that is not among them must still
   *     be made
   */
  public Decision decide(StageSpec stage, Map<String, String> digests) {
    Optional<String> forced = graph.forced(stage.name(), selection);
    return decider.decide(stage, digests, forced);
  }

  /** The selected stages in topological order. */
  public List<StageSpec> selected() {
    return selected;
  }
}
