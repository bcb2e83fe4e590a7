package io.millrace.bench;

import io.millrace.jobs.engine.Engines;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sbin/bench}. */
@Command(
    name = "bench",
    description = "Runs a benchmark, Millrace and its reference in turn, and prints medians.",
    footer = {"", "Example: sbin/bench shards --runs 5 --json"})
final class Bench implements Callable<Integer> {
  private static final List<Benchmark> BENCHMARKS =
      List.of(
          new ShardsBenchmark(),
          new TrainBenchmark(),
          new EnginesBenchmark(),
          new Dl4jSparkBenchmark(),
          new ClusterBenchmark(),
          new SkipBenchmark(),
          new JpegBenchmark(),
          new ResizeBenchmark(),
          new WebpBenchmark(),
          new FolderBenchmark(),
          new StatsBenchmark(),
          new SmallFilesBenchmark(),
          new AugmentBenchmark(),
          new FeedBenchmark(),
          new FeedJpegBenchmark(),
          new FeedScalingBenchmark(),
          new MicroBenchmark(
              "histogram",
              "exact histograms of 32x32 images, one thread",
              "io.millrace.jobs.stats.HistogramSpeed.histogram",
              "GB/s",
              1_000 * CifarRecords.PIXELS / 1e9),
          new MicroBenchmark(
              "average",
              "averaging the states of two workers, 1.2 M weights and momentum",
              "io.millrace.jobs.averaging.AverageSpeed.average",
              "averages/s",
              1));

  private static final int USAGE = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "the benchmark; without a name they are listed")
  private String name;

  @Option(names = "--json", description = "print an array of results to standard output")
  private boolean json;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "runs of each, Millrace and the reference (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description =
          "a folder of CIFAR-10 binaries (default: the one beside the project, otherwise synthetic ones)")
  private Path data;

  @Option(
      names = "--pictures",
      paramLabel = "PATH",
      description =
          "a folder of JPEGs for jpeg, resize and folder, or of LSUN's LMDB folders for webp (default: those beside the project)")
  private Path pictures;

  @Option(
      names = "--scale",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "run jpeg, resize, webp, folder, stats, small-files, augment, feed, feed-jpeg, feed-scaling or engines with a share of its work, to try it; targets are for 1")
  private double scale;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = Engines.DEFAULT,
      description = "the engine of train (default: ${DEFAULT-VALUE})")
  private String engine;

  @Option(
      names = "--only",
      paramLabel = "ROW",
      split = ",",
      description = "the rows of engines that are run: ${COMPLETION-CANDIDATES} (default: all)",
      completionCandidates = EnginesBenchmark.Names.class)
  private List<String> only = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  @SuppressWarnings("UnusedVariable") // Declaring it is enough for picocli.
  private boolean help;

  @Option(names = "--root", hidden = true, required = true)
  private Path root;

  /** Ends the process with 0; 1 if a benchmark failed; 2 if the command line is wrong. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Bench());
    line.setParameterExceptionHandler(
        (mistake, given) -> {
          System.err.println(mistake.getMessage());
          return USAGE;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (name == null) {
      BENCHMARKS.forEach(it -> System.out.printf("%-12s  %s%n", it.name(), it.summary()));
      // Started by sbin/bench itself, with jars that nothing else here needs.
      System.out.printf(
          "%-12s  %s%n", "drill", "the quickstart on HDFS, S3 and YARN: the same digests?");
      return 0;
    }
    Benchmark benchmark =
        BENCHMARKS.stream()
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow(() -> wrong("There is no benchmark " + name + "; see sbin/bench"));
    if (runs < 1) {
      throw wrong("--runs must be 1 or more, not " + runs);
    }
    if (data != null && !Files.isDirectory(data)) {
      throw wrong("--data " + data + " is not a folder");
    }
    if (pictures != null && !Files.isDirectory(pictures)) {
      throw wrong("--pictures " + pictures + " is not a folder");
    }
    if (!(scale > 0 && scale <= 1)) {
      throw wrong("--scale must be over 0 and at most 1, not " + scale);
    }
    Engines.refusal(engine)
        .ifPresent(
            why -> {
              throw wrong(why);
            });
    List<String> rows = EnginesBenchmark.names();
    if (!rows.containsAll(only)) {
      throw wrong("--only " + String.join(",", only) + ": the rows are " + String.join(", ", rows));
    }
    System.err.println(Machine.described());
    try (Scratch scratch = Scratch.create()) {
      Setting setting =
          new Setting(
              root,
              scratch.folder(),
              data(),
              Optional.ofNullable(pictures).map(Path::toAbsolutePath),
              runs,
              scale,
              engine,
              only,
              line -> System.err.println(line));
      print(benchmark.run(setting));
      return 0;
    } catch (CannotException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private Optional<Path> data() {
    if (data != null) {
      return Optional.of(data.toAbsolutePath());
    }
    return Optional.of(root.resolve("../shared/data/cifar10/cifar-10-batches-bin").normalize())
        .filter(Files::isDirectory);
  }

  private void print(List<Figure> figures) {
    if (json) {
      System.out.println(JsonText.line(figures.stream().map(Figure::json).toList()));
      return;
    }
    for (Figure figure : figures) {
      System.out.println(figure.what());
      System.out.printf(Locale.ROOT, "  ours       %.4g %s%n", figure.ours(), figure.unit());
      if (figure.reference() != null) {
        System.out.printf(Locale.ROOT, "  reference  %.4g %s%n", figure.reference(), figure.unit());
        System.out.printf(Locale.ROOT, "  ratio      %.3f%n", figure.ratio());
      }
      if (figure.target() != null) {
        System.out.printf(
            "  target     %s: %s%n", figure.target(), figure.met() ? "met" : "missed");
      }
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
