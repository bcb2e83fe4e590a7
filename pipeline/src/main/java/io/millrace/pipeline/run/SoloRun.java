package io.millrace.pipeline.run;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.plan.Decision;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.OutputFolder;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** Runs a single job, given by flags; the user chooses the folder of its result. */
public final class SoloRun {
  private SoloRun() {}

  /**
   * Runs the job in this JVM; see {@link #run(StageSpec, URI, boolean, Map, Workplace,
   * RunListener)}.
   */
  public static StageResult run(
      StageSpec stage,
      URI output,
      boolean overwrite,
      Map<String, String> settings,
      RunListener listener) {
    return run(stage, output, overwrite, settings, Workplace.HERE, listener);
  }

  /**
   * Runs the job and publishes its result as {@code output}. It works in a hidden folder beside it,
   * {@code .<name>.millrace/}, which is removed after success. If it is killed and started again
   * with the same parameters, the job resumes its unfinished work.
   *
   * @param output a folder that does not exist, is empty, or is an artifact
   * @param overwrite whether an artifact there may be replaced
   * @param settings flat keys that can't change the result; they override the stage's
   * @param workplace where the job runs
   * @return how it ended; a failed job is in the result, not thrown
   * @throws CancellationException when the calling thread was interrupted; the message says what is
   *     kept
   * @throws CannotException when the folder can't be written or another process is writing it
   */
  public static StageResult run(
      StageSpec stage,
      URI output,
      boolean overwrite,
      Map<String, String> settings,
      Workplace workplace,
      RunListener listener) {
    Clock clock = Clock.systemUTC();
    OutputFolder folder = OutputFolder.of(output, settings);
    folder.requireFree(overwrite);
    Workspace workspace = folder.workspace();
    String workspaceText = Places.text(workspace.root());
    PipelineSpec alone =
        new PipelineSpec(
            stage.job().name(), workspaceText, List.of(stage), "", stage.where(), List.of());
    Planner planner = Planner.of(alone, workspace, Selection.ALL, clock.instant());
    String what = "write to " + Places.text(folder.place());
    try (FolderLock lock = workspace.lock(what)) {
      // The lock's last holder may have written a result since the first check.
      folder.requireFree(overwrite);
      workspace.removeLeftovers(lock);
      Plan plan = planner.plan();
      Runner.requireSpace(plan, what);
      Decision decision = planner.decide(stage, Map.of());
      String fingerprint = decision.identity().orElseThrow().fingerprint();
      Optional<StoredArtifact> finished = folder.finishPublication(fingerprint);
      if (finished.isPresent()) {
        StageResult result =
            StageWork.ran(
                stage, "an earlier run had finished it before it was killed", 0, finished.get());
        listener.stageEnded(result);
        workspace.remove(workspace.root());
        return result;
      }
      StageWork.Done done =
          work(stage, folder, lock, plan, decision, clock, settings, workplace, listener);
      // After an error that the user must fix, there is nothing to keep, unless there is work to
      // resume.
      boolean understood = done.failure().filter(CannotException.class::isInstance).isPresent();
      if (done.failure().isEmpty()
          || (understood && !workspace.hasUnfinished(stage.name(), fingerprint))) {
        workspace.remove(workspace.root());
      }
      if (done.failure().filter(Failure::isInterruption).isPresent()) {
        throw new CancellationException(done.result().reason());
      }
      return done.result();
    }
  }

  private static StageWork.Done work(
      StageSpec stage,
      OutputFolder folder,
      FolderLock lock,
      Plan plan,
      Decision decision,
      Clock clock,
      Map<String, String> settings,
      Workplace workplace,
      RunListener listener) {
    Workspace workspace = folder.workspace();
    URI runFolder = workspace.newRunFolder(clock.instant());
    listener.runStarted(runFolder, plan);
    stage.notices().forEach(notice -> listener.notice("", notice));
    try (Events events =
            new Events(
                workspace.stream(runFolder, RunFiles.EVENTS),
                clock,
                s -> listener.notice("", s),
                event -> {});
        StageWork work =
            new StageWork(
                workspace,
                lock,
                runFolder,
                events,
                listener,
                clock,
                settings,
                workplace,
                folder::publish)) {
      StageWork.Done done = work.run(decision, Map.of(), reproduce(stage, folder.place()));
      listener.stageEnded(done.result());
      return done;
    }
  }

  private static String reproduce(StageSpec stage, URI output) {
    List<String> words = new ArrayList<>(List.of("millrace", stage.job().name()));
    new TreeMap<>(stage.source()).forEach((key, value) -> addFlags(key, value, words));
    words.addAll(List.of("--output", Places.text(output)));
    return Shell.line(words);
  }

  private static void addFlags(String path, ConfigValue value, List<String> words) {
    int dot = path.lastIndexOf('.');
    if (value instanceof ConfigObject object && object.isEmpty() && dot > 0) {
      // A choice without keys: only its name says that it was made.
      words.addAll(List.of("--" + path.substring(0, dot), path.substring(dot + 1)));
    } else if (value instanceof ConfigObject object) {
      new TreeMap<>(object).forEach((key, each) -> addFlags(path + "." + key, each, words));
    } else {
      words.add("--" + path);
      words.add(
          value.unwrapped() instanceof String text
              ? text
              : value.render(ConfigRenderOptions.concise()));
    }
  }
}
