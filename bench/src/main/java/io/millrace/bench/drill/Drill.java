package io.millrace.bench.drill;

import io.millrace.bench.Scratch;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbin/bench drill}. */
@Command(
    name = "drill",
    description =
        "Runs the quickstart on real servers in processes of their own and compares the digests of"
            + " all stages with those of a local run.",
    footer = {"", "Example: sbin/bench drill --only hdfs,s3"})
public final class Drill implements Callable<Integer> {
  private static final int ROUNDS_AT_ONCE = 3;
  private static final int ROUNDS_BOTH_HOLD = 3;
  private static final double NANOS = 1e9;

  private static final List<Part> PARTS =
      List.of(
          new WholeRun("hdfs", Store.HDFS),
          new WholeRun("s3", Store.S3),
          new Replaced("hdfs-replaced", Store.HDFS),
          new TwoAtOnce("s3-two", false, ROUNDS_AT_ONCE),
          new TwoAtOnce("s3-race", true, ROUNDS_BOTH_HOLD),
          new KilledDriver("hdfs-kill", Store.HDFS),
          new KilledDriver("s3-kill", Store.S3),
          new Yarn("yarn-client", "client"),
          new Yarn("yarn-cluster", "cluster"),
          new KilledExecutor("standalone"),
          new StoreFromCluster("standalone-s3", Store.S3, "client"),
          new StoreFromCluster("standalone-s3-driver", Store.S3, "cluster"));

  @Spec private CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "only these parts; s3 includes all parts that begin with s3-")
  private List<String> only = List.of();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  @SuppressWarnings("UnusedVariable") // Declaring it is enough for picocli.
  private boolean help;

  @Option(names = "--root", hidden = true, required = true)
  private Path root;

  /** Ends the process with 0; 1 if a part failed; 2 if the command line is wrong. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Drill());
    line.setParameterExceptionHandler(
        (mistake, given) -> {
          System.err.println(mistake.getMessage());
          return CommandLine.ExitCode.USAGE;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (String name : only) {
      if (PARTS.stream().noneMatch(part -> isOf(part, name))) {
        throw new ParameterException(
            spec.commandLine(),
            "There is no part "
                + name
                + "; there are "
                + String.join(", ", PARTS.stream().map(Part::name).toList()));
      }
    }
    boolean all = true;
    try (Scratch scratch = Scratch.create()) {
      Ground ground = new Ground(root.toAbsolutePath(), scratch.folder());
      for (Part part : PARTS) {
        if (only.isEmpty() || only.stream().anyMatch(name -> isOf(part, name))) {
          all &= run(part, ground, System.out);
        }
      }
    }
    return all ? 0 : 1;
  }

  private static boolean isOf(Part part, String name) {
    return part.name().equals(name) || part.name().startsWith(name + "-");
  }

  private static boolean run(Part part, Ground ground, PrintStream out)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String did;
    String verdict;
    boolean passed = true;
    try {
      did = part.run(ground);
      verdict = part.verdict();
    } catch (CannotException e) {
      did = e.getMessage();
      verdict = "FAILED";
      passed = false;
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    out.println(
        String.format(
            Locale.ROOT, "%-20s  %5.0f s  %-13s  %s", part.name(), seconds, verdict, did));
    return passed;
  }
}
