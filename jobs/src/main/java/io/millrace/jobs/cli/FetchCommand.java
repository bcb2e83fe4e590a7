package io.millrace.jobs.cli;

import io.millrace.jobs.fetch.Datasets;
import io.millrace.jobs.fetch.Fetch;
import io.millrace.jobs.fetch.FetchJob;
import io.millrace.jobs.fetch.FetchParameters;
import io.millrace.jobs.fetch.Fetched;
import io.millrace.jobs.fetch.Mirror;
import io.millrace.jobs.fetch.Patience;
import io.millrace.jobs.fetch.PublicDataset;
import io.millrace.jobs.terminal.Elapsed;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.ToldContext;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.text.Amounts;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace fetch NAME --to DIR}. Unlike other jobs, it writes plain files to the user's own
 * folder, which may hold other files already, and makes no artifact.
 */
final class FetchCommand implements Command {
  private static final String TO = "--to";
  private static final String FROM = "--from";

  @Override
  public String name() {
    return FetchJob.NAME;
  }

  @Override
  public String summary() {
    return new FetchJob().summary();
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " A file appears under its public name when it is verified; it is not unpacked.",
            "millrace fetch cifar10 --to data",
            "millrace fetch fashion-mnist --to data --from https://mirror.example/fashion-mnist/",
            "millrace fetch lsun:bedroom_train --to data");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("NAME")
            .type(String.class)
            .description(
                "cifar10, cifar100, fashion-mnist, mnist, or lsun:CATEGORY_train or _val such as"
                    + " lsun:bedroom_train; imagenet says how to get it.")
            .build());
    spec.addOption(Options.valued(TO, "DIR", "The folder for the files (required)."));
    spec.addOption(
        Options.valued(
            FROM,
            "URL",
            "The address of a mirror's folder, used instead of the public one; the file names"
                + " are the same."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    Datasets datasets = Datasets.packed();
    FetchParameters wanted =
        new FetchParameters(
            parsed.matchedPositionalValue(0, ""),
            Optional.ofNullable(parsed.matchedOptionValue(FROM, null)));
    Path folder = folder(parsed.matchedOptionValue(TO, ""), wanted.problems(datasets));
    PublicDataset dataset = datasets.find(wanted.dataset()).orElseThrow();
    long start = System.nanoTime();
    List<Fetched> files;
    try (ProgressLines lines = ProgressLines.on(screen, outputMode)) {
      Optional<URI> mirror = wanted.from().flatMap(Mirror::folder);
      files = new Fetch(dataset, mirror, Patience.usual(), new ToldContext(lines)).into(folder);
    } catch (InterruptedException e) {
      throw new CancellationException(
          "Stopped: what was fetched is kept; run the same command again to continue");
    }
    double seconds = Elapsed.secondsSince(start);
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(json(dataset, folder, files, seconds))
                : line(folder, files, seconds));
    return Status.DONE;
  }

  /**
   * The folder.
   *
   * @throws io.millrace.pipeline.ConfigurationException with all mistakes of the command line
   */
  private static Path folder(String to, List<Problem> others) {
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : others) {
      // Named as on the command line, where one key is an option and the other an argument.
      String where = problem.where().equals("from") ? FROM : "NAME";
      problems.add(new Problem(where, problem.message()));
    }
    URI place = null;
    if (to.isBlank()) {
      problems.add(new Problem(TO, "must be given: the folder for the files"));
    } else {
      place = Places.uri(to);
      if (!"file".equals(place.getScheme())) {
        problems.add(
            new Problem(
                TO,
                "'"
                    + to
                    + "' is not a local folder; for other places use a pipeline with a fetch"
                    + " stage"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return Path.of(place);
  }

  private static String line(Path folder, List<Fetched> files, double seconds) {
    long before = files.stream().filter(Fetched::alreadyThere).count();
    String there =
        before == 0
            ? ""
            : before == files.size()
                ? ", there already and verified"
                : ", " + before + " of them there already";
    return FetchJob.headline(files)
        + " in "
        + folder
        + there
        + " ("
        + Amounts.seconds(seconds)
        + ")\n";
  }

  private static Map<String, Object> json(
      PublicDataset dataset, Path folder, List<Fetched> files, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dataset", dataset.name());
    json.put("outcome", "succeeded");
    json.put("seconds", seconds);
    json.put("folder", folder.toString());
    json.put("files", files.stream().map(FetchCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Fetched file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", file.name());
    json.put("outcome", file.alreadyThere() ? "already there" : "fetched");
    json.put("url", file.url().toString());
    json.put("bytes", file.bytes());
    json.put("md5", file.md5());
    json.put("sha256", file.sha256());
    json.put("verified", file.verified());
    return json;
  }
}
