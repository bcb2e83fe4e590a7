package io.millrace.jobs.showing;

import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Shell;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a person goes from a run that has ended. */
public final class NextStep {
  private static final String REPORT = "report.html";

  /** The launcher says by what words it was called. */
  private static final String PROGRAM = System.getProperty("millrace.command", "millrace");

  private NextStep() {}

  /**
   * The page about a run, if it has been written. One that is not local is not looked for: the run
   * has complained if it could not write it.
   */
  public static Optional<String> report(RunResult result) {
    if (!isLocal(result.runFolder())) {
      return Optional.of(Places.text(result.runFolder()) + "/" + REPORT);
    }
    Path page = Path.of(result.runFolder()).resolve(REPORT);
    return Files.exists(page) ? Optional.of(page.toString()) : Optional.empty();
  }

  /**
   * What a person does now; empty if the run has said it.
   *
   * @param jobs that know what their results are for
   */
  public static Optional<String> sentence(RunResult result, JobCatalogue jobs) {
    if (result.interrupted()) {
      return Optional.empty();
    }
    return Optional.of(
        result.succeeded()
            ? "next: " + command(result, jobs)
            : "Then run the same command again: what is done is not done again.");
  }

  /** What the first stage with such a command asks for, else a look at the last result. */
  private static String command(RunResult result, JobCatalogue jobs) {
    StageResult shown = null;
    for (StageResult stage : result.stages()) {
      String artifact = artifact(stage);
      List<String> words =
          jobs.named(stage.job()).map(job -> job.nextCommand(artifact)).orElse(List.of());
      if (!words.isEmpty()) {
        return line(words);
      }
      shown = stage;
    }
    return line(List.of("show", artifact(shown)));
  }

  /** A command as it can be typed to the shell that started this one. */
  public static String line(List<String> words) {
    List<String> all = new ArrayList<>(List.of(PROGRAM));
    all.addAll(words);
    return Shell.line(all);
  }

  /** As short as it can be typed here. */
  private static String artifact(StageResult stage) {
    URI folder = stage.artifact().orElseThrow();
    Path here = Path.of("").toAbsolutePath();
    return isLocal(folder) && Path.of(folder).startsWith(here)
        ? here.relativize(Path.of(folder)).toString()
        : Places.text(folder);
  }

  private static boolean isLocal(URI place) {
    return "file".equals(place.getScheme());
  }
}
