package io.millrace.pipeline.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole pipeline, checked: every job exists, every reference names a stage, there is no cycle.
 *
 * @param name the pipeline's name
 * @param workspace path or URI of the workspace
 * @param stages in the order of the file
 * @param resolved the configuration with all substitutions and overrides applied, as HOCON text
 * @param origin the file that it was read from, for the reproducing command; {@code HOCON text} if
 *     a program gave it as text
 * @param overrides the {@code --set} values given
 */
public record PipelineSpec(
    String name,
    String workspace,
    List<StageSpec> stages,
    String resolved,
    String origin,
    List<String> overrides) {
  /** Whether a program gave it as text, so that there is no file. */
  public boolean isOfText() {
    return origin.equals(Place.TEXT);
  }

  /** The same pipeline with another file as its origin. */
  public PipelineSpec at(String file) {
    return new PipelineSpec(name, workspace, stages, resolved, file, overrides);
  }

  /** A sentence for each old name that was read. */
  public List<String> notices() {
    return stages.stream().flatMap(stage -> stage.notices().stream()).toList();
  }

  /** The settings of the whole pipeline, which all stages have. */
  public Map<String, String> settings() {
    Map<String, String> common = new HashMap<>(stages.get(0).settings());
    stages.forEach(stage -> common.entrySet().retainAll(stage.settings().entrySet()));
    return common;
  }
}
