package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.init.Init;
import io.millrace.jobs.init.Initialised;
import io.millrace.jobs.showing.NextStep;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.ToldContext;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace init --data DIR}. */
final class InitCommand implements Command {
  private static final String DATA = "--data";
  private static final String TO = "--to";
  private static final String OVERWRITE = "--overwrite";
  private static final String USUAL_FILE = "pipeline.conf";

  private final JobCatalogue jobs;

  InitCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "init";
  }

  @Override
  public String summary() {
    return "Write a pipeline file for your own pictures.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Recognises every layout that ingest reads, counts and measures the pictures and"
                + " chooses a network that fits. The file runs as it is and is meant to be edited.",
            "millrace init --data pets",
            "millrace init --data cifar-10-binary.tar.gz --to cifar10.conf");
    spec.addOption(
        Options.valued(DATA, "PATH", "The folder, file or archive of the pictures (required)."));
    spec.addOption(Options.valued(TO, "FILE", "The pipeline file (default: " + USUAL_FILE + ")."));
    spec.addOption(Options.switched(OVERWRITE, "Replace the file if it exists."));
    Options.conf().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    List<Problem> problems = new ArrayList<>();
    String data = parsed.matchedOptionValue(DATA, "");
    check(data, problems);
    String to = parsed.matchedOptionValue(TO, USUAL_FILE);
    Optional<Path> file = Options.local(TO, to, "file", problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    try (ProgressLines lines = ProgressLines.on(screen, outputMode)) {
      Initialised done =
          new Init(JobFiles.uri(data), jobs)
              .write(
                  file.orElseThrow(), parsed.hasMatchedOption(OVERWRITE), new ToldContext(lines));
      done.findings().forEach(lines::say);
      String next = NextStep.line(List.of("run", to));
      lines.say("Next: " + next);
      screen
          .out()
          .print(
              outputMode.json()
                  ? JsonText.pretty(json(done, next))
                  : done.file() + System.lineSeparator());
    } catch (IOException e) {
      throw StorageFailure.cannot("make a pipeline for " + data, data, e);
    }
    return Status.DONE;
  }

  private static void check(String data, List<Problem> problems) {
    if (data.isBlank()) {
      problems.add(new Problem(DATA, "must be given: the folder, file or archive of the pictures"));
      return;
    }
    URI place = Places.uri(data);
    if ("file".equals(place.getScheme()) && Files.notExists(Path.of(place))) {
      problems.add(new Problem(DATA, "'" + data + "' is not there"));
    }
  }

  private static Map<String, Object> json(Initialised done, String next) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("file", done.file().toString());
    json.put("format", done.format());
    json.put("classes", done.classes());
    json.put("pictures", done.pictures());
    json.put("trains", done.untrained().isEmpty());
    if (!done.untrained().isEmpty()) {
      json.put("untrained", done.untrained());
    }
    json.put("findings", done.findings());
    json.put("next", next);
    return json;
  }
}
