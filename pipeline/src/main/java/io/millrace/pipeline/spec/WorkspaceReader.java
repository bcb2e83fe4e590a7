package io.millrace.pipeline.spec;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads only the workspace of a pipeline file, so that its runs can be shown even when its data are
 * gone or its stages have mistakes.
 */
public final class WorkspaceReader {
  private record WorkspaceKey(@Key(PipelineKeys.WORKSPACE) String workspace) {}

  private WorkspaceReader() {}

  /**
   * The workspace of a pipeline file as an absolute path or URI.
   *
   * @param file the HOCON file
   * @param sets overrides, each {@code key=value}
   * @throws ConfigurationException when the file can't be parsed, an override can't be used, or the
   *     key is missing or wrong
   */
  public static String read(Path file, List<String> sets) {
    Problems problems = new Problems();
    String main = file.normalize().toString();
    SourceLines lines = new SourceLines(sets);
    Config parsed = Syntax.parse(file, problems);
    problems.throwIfAny(main, lines);
    Config laid = Overrides.apply(parsed, sets, JobCatalogue.of(), problems);
    Problems elsewhere = new Problems();
    ConfigObject root = Syntax.resolve(laid, elsewhere).root();
    if (root.isEmpty()) {
      elsewhere.throwIfAny(main, lines);
    }
    Binder binder = new Binder(new FileOrigins(file, root), problems, location -> location);
    Optional<WorkspaceKey> key = binder.bind(WorkspaceKey.class, root, root.keySet(), root);
    problems.throwIfAny(main, lines);
    if (key.isEmpty()) {
      // The key depends on a substitution that has no value.
      elsewhere.throwIfAny(main, lines);
    }
    String written = key.orElseThrow().workspace;
    try {
      return Locations.absolute(written);
    } catch (IllegalArgumentException e) {
      problems.add(binder.places().get("workspace"), "workspace: " + e.getMessage());
      problems.throwIfAny(main, lines);
      throw e;
    }
  }
}
