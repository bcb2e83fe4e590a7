package io.millrace.bench.drill;

import io.millrace.bench.Launched;
import io.millrace.bench.RunOutput;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What all parts use: the project, a scratch folder, and runs on the local disk. */
final class Ground {
  private static final Pattern TRAINING = Pattern.compile("model: train [1-9][0-9,]* of");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Long enough to be killed in mid-training and short enough to be repeated. */
  static final List<String> SHORT = List.of("--set", "params.epochs=2");

  /** All stages with little data, for parts that need several runs. */
  static final List<String> SMALL =
      List.of(
          "--set", "params.epochs=1",
          "--set", "stages.synthesize.train=1000",
          "--set", "stages.synthesize.test=200");

  private final Path root;
  private final Path scratch;
  private final Map<List<String>, Map<String, String>> local = new LinkedHashMap<>();

  Ground(Path root, Path scratch) {
    this.root = root;
    this.scratch = scratch;
  }

  Path root() {
    return root;
  }

  Path scratch() {
    return scratch;
  }

  /** The jars that Maven has fetched for one of the drill's processes. */
  String jars(String of) {
    return root.resolve("bench/drill/" + of + "/target/lib") + "/*";
  }

  /** Starts the quickstart. */
  Launched start(Site site, List<String> flags) throws IOException {
    List<String> words = new ArrayList<>(List.of("run"));
    words.add(root.resolve("conf/quickstart.conf").toString());
    words.addAll(List.of("--json", "--set", "workspace=" + site.workspace()));
    words.addAll(flags);
    words.addAll(site.flags());
    return millrace(site, words);
  }

  /** Waits until a run has trained on some pictures. */
  static void awaitTraining(Launched run) throws IOException, InterruptedException {
    run.await(TRAINING, PATIENCE);
  }

  /** The digest of every stage's artifact after a run to its end. */
  Map<String, String> run(Site site, List<String> flags) throws IOException, InterruptedException {
    Launched run = start(site, flags);
    return digests(site, run.output());
  }

  /** The digest that {@code show} gives for each artifact in a run's JSON. */
  Map<String, String> digests(Site site, String json) throws IOException, InterruptedException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (RunOutput.Stage stage : RunOutput.of(json).stages()) {
      List<String> words = new ArrayList<>(List.of("show", stage.artifact(), "--json"));
      words.addAll(site.readingFlags());
      byte[] shown = millrace(site, words).output().getBytes(StandardCharsets.UTF_8);
      digests.put(stage.name(), String.valueOf(JsonText.object(shown).get("digest")));
    }
    return digests;
  }

  /** Fails unless the digests are those of the same run on the local disk. */
  void requireLocal(Map<String, String> digests, List<String> flags)
      throws IOException, InterruptedException {
    if (!local.containsKey(flags)) {
      Path workspace = scratch.resolve("local-" + local.size());
      local.put(flags, run(Site.local(workspace), flags));
    }
    Map<String, String> expected = local.get(flags);
    if (!digests.equals(expected)) {
      throw new CannotException(
          "get the digests of a local run", "they are " + digests + ", not " + expected);
    }
  }

  private Launched millrace(Site site, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of(root.resolve("sbin/millrace").toString()));
    command.addAll(words);
    return Launched.start(words.get(0), scratch, site.environment(), command);
  }
}
