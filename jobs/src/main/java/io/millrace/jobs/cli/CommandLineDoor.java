package io.millrace.jobs.cli;

import io.millrace.jobs.spark.Host;
import io.millrace.jobs.spark.Version;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.StandardOutput;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.store.HadoopSettings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The whole command line: takes arguments, prints on the streams, returns an exit status. */
public final class CommandLineDoor {
  private static final String FORCE = "--force";

  private final Screen screen;
  private final Host host;
  private final JobCatalogue jobs;

  private CommandLineDoor(Screen screen, Host host, JobCatalogue jobs) {
    this.screen = screen;
    this.host = host;
    this.jobs = jobs;
  }

  /** The command line with every installed job. */
  public static CommandLineDoor open(PrintStream out, PrintStream err) {
    SparkLog.silence();
    Screen screen = Screen.of(out, err, System.getenv());
    return new CommandLineDoor(screen, Host.current(), JobCatalogue.installed());
  }

  /**
   * Does what the arguments say; throws nothing.
   *
   * @return the exit status: 0, 1 for a failed run or a result that can't be printed, 2 for a
   *     mistake of the command line or the configuration, 128 and the signal's number (130 for
   *     Ctrl-C) when stopped
   */
  public int run(String... arguments) {
    int status = done(arguments);
    screen.err().flush();
    if (!(screen.out() instanceof StandardOutput out)) {
      screen.out().flush();
      return status;
    }
    Optional<String> lost = out.failure();
    lost.ifPresent(
        why ->
            Refusal.print(
                "Cannot write to standard output: "
                    + why
                    + (status == Status.DONE ? "; everything else succeeded" : ""),
                screen));
    return lost.isPresent() && status == Status.DONE ? Status.FAILED : status;
  }

  private int done(String... arguments) {
    Map<String, Command> commands = commands();
    OutputMode outputMode = OutputMode.guessed(arguments);
    try {
      refuseWhereItCannotWork(arguments);
      ParseResult parsed = parse(commands, arguments);
      if (!parsed.hasSubcommand()) {
        return aboutMillrace(parsed);
      }
      ParseResult command = parsed.subcommand();
      if (command.isUsageHelpRequested()) {
        print(command.commandSpec().commandLine());
        return Status.DONE;
      }
      outputMode = OutputMode.of(command);
      return perform(commands.get(command.commandSpec().name()), command, outputMode);
    } catch (ParameterException e) {
      return Refusal.tell(Refusal.of(e), outputMode, screen);
    } catch (RuntimeException e) {
      return Refusal.tell(e, outputMode, screen);
    }
  }

  /** A command that a signal stops ends with the status that shells expect. */
  private int perform(Command command, ParseResult parsed, OutputMode outputMode) {
    CancellationException stopped = new CancellationException();
    try (Interruption interruption =
        Interruption.watch(
            Thread.currentThread(), () -> Refusal.tell(stopped, outputMode, screen))) {
      int status;
      try {
        HadoopSettings.give(Options.settings(parsed));
        status = command.run(parsed, screen);
      } catch (RuntimeException e) {
        boolean unsaid = interruption.status().isPresent() && !(e instanceof CancellationException);
        status = Refusal.tell(unsaid ? stopped : e, outputMode, screen);
      }
      return status == Status.DONE ? status : interruption.status().orElse(status);
    }
  }

  private void refuseWhereItCannotWork(String... arguments) {
    List<Problem> problems = new ArrayList<>();
    host.refusal().ifPresent(problems::add);
    for (String argument : arguments) {
      host.unreadable(argument).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** All commands by name, in the order of help. */
  Map<String, Command> commands() {
    List<Command> all = new ArrayList<>();
    all.add(new RunCommand(jobs));
    all.add(new PlanCommand(jobs));
    all.add(new SweepCommand(jobs));
    all.add(new DoctorCommand(jobs));
    all.add(new ScheduleCommand(jobs));
    all.add(new SummaryCommand(jobs));
    all.add(new StatusCommand());
    all.add(new GraphCommand(jobs));
    all.add(new InitCommand(jobs));
    all.add(new ListCommand(jobs));
    all.add(new ShowCommand(jobs));
    all.add(new ReportCommand(jobs));
    all.add(new CompareCommand(jobs));
    all.add(new LookCommand());
    all.add(new ExportCommand());
    all.add(new CleanCommand(jobs));
    all.add(new PredictCommand());
    jobs.all().forEach(job -> all.add(JobCommand.of(job)));
    all.add(new CompletionCommand(() -> root(all, command -> true)));
    Map<String, Command> byName = new LinkedHashMap<>();
    all.forEach(command -> byName.put(command.name(), command));
    return byName;
  }

  /**
   * Only the given command is built with all its options, since building a job's many flags takes
   * time.
   */
  private static ParseResult parse(Map<String, Command> commands, String... arguments) {
    String word = arguments.length == 0 ? "" : arguments[0];
    Predicate<Command> isMeant =
        command -> command.name().equals(word) || command.also().contains(word);
    return root(commands.values(), isMeant)
        .setTrimQuotes(false)
        .setExpandAtFiles(false)
        .setUnmatchedOptionsArePositionalParams(false)
        .parseArgs(withForceApart(arguments));
  }

  /**
   * All commands.
   *
   * @param inFull which of them are built with all their options
   */
  private static CommandLine root(Collection<Command> commands, Predicate<Command> inFull) {
    CommandSpec root =
        Options.command(
            "millrace",
            "Turns picture sets into Parquet shards, computes exact statistics and trains by"
                + " parameter averaging on Spark, as one pipeline.",
            "millrace run conf/quickstart.conf",
            "millrace plan conf/cifar10.conf --set params.data=cifar-10-binary.tar.gz",
            "millrace ingest --help");
    root.usageMessage().commandListHeading("");
    root.usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> CommandList.text(commands));
    root.version("millrace " + Version.text());
    root.addOption(Options.help());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .type(boolean.class)
            .description("Show the version.")
            .build());
    for (Command command : commands) {
      CommandSpec spec = inFull.test(command) ? command.spec() : command.title();
      spec.aliases(command.also().toArray(String[]::new));
      root.addSubcommand(command.name(), new CommandLine(spec));
    }
    return new CommandLine(root);
  }

  /**
   * A {@code --force} without {@code =} has no value; the word after it must not be taken for one.
   */
  private static String[] withForceApart(String... arguments) {
    return Arrays.stream(arguments)
        .map(a -> a.equals(FORCE) ? FORCE + "=" : a)
        .toArray(String[]::new);
  }

  private int aboutMillrace(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    if (parsed.isVersionHelpRequested()) {
      line.printVersionHelp(screen.out(), Ansi.OFF);
      return Status.DONE;
    }
    if (parsed.isUsageHelpRequested()) {
      print(line);
      return Status.DONE;
    }
    throw Refusal.because("", "Cannot start: no command is given; see millrace --help.");
  }

  private void print(CommandLine line) {
    line.usage(screen.out(), Ansi.OFF);
  }
}
