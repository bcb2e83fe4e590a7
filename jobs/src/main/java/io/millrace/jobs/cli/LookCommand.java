package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.look.DatasetLook;
import io.millrace.jobs.look.Looked;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.terminal.Elapsed;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Pages;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.ToldContext;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.report.CardPage;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace look DATASET}: a page about a dataset and all its pictures. */
final class LookCommand implements Command {
  /** The option for the file of the page. */
  private static final String TO = "--to";

  private static final String SAMPLE = "--sample";
  private static final String LOCAL = "file";
  private static final String FINGERPRINT = "[0-9a-f]{64}";

  @Override
  public String name() {
    return "look";
  }

  @Override
  public String summary() {
    return "Write a page about a dataset: counts, sizes, brightness, equal pictures and a gallery.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Every picture is decoded, on all processors; the last line on stdout is the"
                + " page's path.",
            "millrace look shards/cifar10",
            "millrace look shards/imagenet --sample 20000 --to imagenet.html",
            "millrace look shards/cifar10 --to chain.html --transforms"
                + " '[{ pad-reflect = 4 }, { random-crop = 32 }, { flip = horizontal }]'");
    spec.addPositional(Options.required("DATASET", "The folder that ingest made."));
    spec.addOption(
        Options.valued(
            TO, "FILE", "The page (default: " + ArtifactManifest.PAGE + " in the dataset)."));
    spec.addOption(
        Options.valued(
            SAMPLE,
            "N",
            "Look at only N pictures, spread evenly over the dataset; counts are still of all."));
    spec.addOption(
        Options.valued(
            TransformLook.OPTION,
            "LIST",
            "Show only what these transforms make of 16 pictures, together in four epochs and each"
                + " alone; all shows an example of each kind."));
    Options.conf().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    String path = parsed.matchedPositionalValue(0, "");
    URI folder = GivenPath.present(path);
    String to = parsed.matchedOptionValue(TO, "");
    List<Problem> problems = new ArrayList<>();
    OptionalLong sample =
        Options.wholeNumber(SAMPLE, parsed.matchedOptionValue(SAMPLE, ""), problems);
    if (!to.isEmpty() && LOCAL.equals(Places.uri(to).getScheme()) && isFolder(Places.uri(to))) {
      problems.add(new Problem(TO, "'" + to + "' is a folder; name a file"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    Dataset dataset = Dataset.open(folder);
    URI page = to.isEmpty() ? Places.uri(path + "/" + ArtifactManifest.PAGE) : Places.uri(to);
    requireWritable(page);
    long start = System.nanoTime();
    String transforms = parsed.matchedOptionValue(TransformLook.OPTION, "");
    if (!transforms.isEmpty()) {
      return transformed(dataset, transforms, page, title(folder), outputMode, screen);
    }
    Looked looked;
    try (ProgressLines lines = ProgressLines.on(screen, outputMode)) {
      looked = new DatasetLook(dataset, sample).look(new ToldContext(lines));
    } catch (IOException e) {
      throw StorageFailure.cannot("look at " + path, path, e);
    }
    String html = CardPage.html("Dataset", title(folder), looked.card());
    Pages.write(Places.text(page), html);
    long bytes = html.getBytes(UTF_8).length;
    double seconds = Elapsed.secondsSince(start);
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(json(looked, page, bytes, seconds))
                : text(looked, page, bytes, seconds));
    return Status.DONE;
  }

  private static int transformed(
      Dataset dataset,
      String transforms,
      URI page,
      String title,
      OutputMode outputMode,
      Screen screen) {
    String place = Places.text(page);
    try {
      Card card = TransformLook.card(dataset, transforms);
      Pages.write(place, CardPage.html("Transforms", title, card));
    } catch (IOException e) {
      throw StorageFailure.cannot("look at " + title, title, e);
    }
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(Map.of("outcome", "succeeded", "page", place))
                : place + System.lineSeparator());
    return Status.DONE;
  }

  private static String title(URI folder) {
    String place = Places.text(folder);
    String name = place.substring(place.lastIndexOf('/') + 1);
    // An artifact's folder has its fingerprint as name and is in its stage's folder.
    if (name.matches(FINGERPRINT)) {
      String stage = place.substring(0, place.length() - name.length() - 1);
      name = stage.substring(stage.lastIndexOf('/') + 1);
    }
    return name.isEmpty() ? place : name;
  }

  private static boolean isFolder(URI place) {
    return Files.isDirectory(Path.of(place));
  }

  /** Checked before the look, since that takes long for a large dataset. */
  private static void requireWritable(URI page) {
    if (!LOCAL.equals(page.getScheme())) {
      return;
    }
    Path folder = Path.of(page).getParent();
    while (Files.notExists(folder)) {
      folder = folder.getParent();
    }
    String what = "write the page " + Places.text(page);
    if (!Files.isDirectory(folder)) {
      throw new CannotException(what, folder + " is a file");
    }
    if (!Files.isWritable(folder)) {
      throw new CannotException(
          what,
          "the folder "
              + folder
              + " is read-only to user "
              + System.getProperty("user.name")
              + "; choose another place with --to FILE");
    }
  }

  private static String text(Looked looked, URI page, long bytes, double seconds) {
    List<String> found = new ArrayList<>();
    found.add(count(looked.nearBlack(), "near-black"));
    found.add(count(looked.nearWhite(), "near-white"));
    found.add(count(looked.equal(), "equal to another"));
    if (looked.undecodable() > 0) {
      found.add(count(looked.undecodable(), "that can't be decoded"));
    }
    return "%s: %s (page of %s, %s)%n%s%n"
        .formatted(
            count(looked.pictures(), "pictures looked at"),
            String.join(", ", found),
            Amounts.bytes(bytes),
            Amounts.seconds(seconds),
            Places.text(page));
  }

  private static String count(long number, String what) {
    return Amounts.count(number) + " " + what;
  }

  private static Map<String, Object> json(Looked looked, URI page, long bytes, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", "succeeded");
    json.put("seconds", seconds);
    json.put("page", Places.text(page));
    json.put("bytes", bytes);
    json.put("pictures", looked.pictures());
    json.put("near-black", looked.nearBlack());
    json.put("near-white", looked.nearWhite());
    json.put("equal", looked.equal());
    json.put("undecodable", looked.undecodable());
    return json;
  }
}
