package io.millrace.pipeline.plan;

import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.Workspace;

/** Says what a run would do. */
public final class Planner {
  private Planner() {}

  /**
   * Decides every selected stage. Writes nothing and starts nothing.
   *
   * @throws io.millrace.pipeline.ConfigurationException when the selection names an unknown stage
   * @throws io.millrace.pipeline.CannotException when the workspace or a source can't be read
   */
  public static Plan plan(PipelineSpec pipeline, Workspace workspace, Selection selection) {
    throw new UnsupportedOperationException(pipeline.name() + workspace.root() + selection);
  }
}
