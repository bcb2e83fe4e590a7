package io.millrace.jobs.cli;

import io.millrace.jobs.fetch.FetchJob;
import io.millrace.jobs.showing.Reports;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.train.LrFindJob;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.run.SoloRun;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.Flag;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One job by flags: {@code millrace ingest --format cifar10 --path DIR --output DIR}. */
final class JobCommand implements Command {
  static final String OUTPUT = "--output";
  static final String OVERWRITE = "--overwrite";
  private static final String STRICT = "--strict";
  private static final String DASHES = "--";
  private static final String BOOLEAN = "boolean";
  private static final String MAX_QUARANTINE = "max-quarantine";

  private final Job<?> job;
  private final boolean outputNeeded;

  /**
   * @param outputNeeded whether the folder of the result must be given
   */
  JobCommand(Job<?> job, boolean outputNeeded) {
    this.job = job;
    this.outputNeeded = outputNeeded;
  }

  /** The command of a job: its own if it has one, else one from its flags. */
  static Command of(Job<?> job) {
    return switch (job.name()) {
      case FetchJob.NAME -> new FetchCommand();
      case LrFindJob.NAME -> new LrFindCommand(job);
      default -> new JobCommand(job, true);
    };
  }

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public List<String> also() {
    return job.also();
  }

  @Override
  public String summary() {
    return job.summary();
  }

  @Override
  public CommandGroup group() {
    return CommandGroup.JOBS;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Options.command(name(), summary(), job.examples().toArray(String[]::new));
    ours().forEach(spec::addOption);
    Set<String> taken = taken();
    Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
    for (Flag flag : FlagReader.flags(job)) {
      int dot = flag.path().indexOf('.');
      String heading = dot < 0 ? "Parameters" : "Keys of " + flag.path().substring(0, dot);
      groups
          .computeIfAbsent(
              heading, text -> ArgGroupSpec.builder().validate(false).heading("%n" + text + ":%n"))
          .addArg(option(flag, taken));
      unshown(flag, taken).ifPresent(spec::addOption);
    }
    int order = 0;
    for (ArgGroupSpec.Builder group : groups.values()) {
      spec.addArgGroup(group.order(order++).build());
    }
    return spec;
  }

  /** The options that are not keys of the job. */
  private List<OptionSpec> ours() {
    List<OptionSpec> ours = new ArrayList<>();
    ours.add(
        Options.valued(
            OUTPUT,
            "DIR",
            outputNeeded
                ? "The folder of the result (required)."
                : "The folder of the result; nothing is kept if not given."));
    ours.add(Options.switched(OVERWRITE, "Replace the result in that folder, if there is one."));
    if (quarantines()) {
      ours.add(
          Options.switched(
              STRICT, "Fail on the first damaged record; the same as --max-quarantine 0."));
    }
    ours.addAll(Options.spark());
    ours.addAll(Options.speech());
    return ours;
  }

  private Set<String> taken() {
    Set<String> taken = new HashSet<>();
    ours().forEach(option -> taken.addAll(List.of(option.names())));
    return taken;
  }

  private boolean quarantines() {
    return FlagReader.flags(job).stream().anyMatch(flag -> flag.path().equals(MAX_QUARANTINE));
  }

  private static OptionSpec option(Flag flag, Set<String> taken) {
    List<String> names = new ArrayList<>(flag.names());
    names.removeIf(taken::contains);
    StringBuilder doc = new StringBuilder(flag.doc());
    if (!flag.choices().isEmpty()) {
      doc.append("; one of: ").append(String.join(", ", flag.choices()));
    }
    if (flag.required()) {
      doc.append(" (required)");
    }
    flag.defaultText().ifPresent(value -> doc.append(" (default: ").append(value).append(')'));
    OptionSpec.Builder option =
        OptionSpec.builder(names.toArray(String[]::new))
            .type(String.class)
            .paramLabel(label(flag))
            .completionCandidates(flag.choices().isEmpty() ? null : flag.choices())
            .description(Options.plain(doc.toString()));
    if (flag.type().equals(BOOLEAN)) {
      return option.arity("0..1").fallbackValue("true").build();
    }
    return option.arity("1").build();
  }

  /** The names of a flag that help does not show. */
  private static Optional<OptionSpec> unshown(Flag flag, Set<String> taken) {
    List<String> names = new ArrayList<>(flag.others());
    names.removeIf(taken::contains);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        OptionSpec.builder(names.toArray(String[]::new))
            .type(String.class)
            .paramLabel(label(flag))
            .hidden(true)
            .description("Another name of " + flag.names().get(0) + ".")
            .arity(flag.type().equals(BOOLEAN) ? "0..1" : "1")
            .fallbackValue("true")
            .build());
  }

  /**
   * The label; for a choice its own name, since completion scripts tell choices apart by labels.
   */
  private static String label(Flag flag) {
    if (flag.choices().isEmpty()) {
      return flag.type().toUpperCase(Locale.ROOT);
    }
    int last = flag.path().contains(".") ? flag.names().size() - 1 : 0;
    String name = flag.names().get(last).substring(DASHES.length());
    return name.replace('.', '-').toUpperCase(Locale.ROOT);
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    Map<String, String> settings = Options.settings(parsed);
    StageSpec stage = stage(parsed);
    URI output = Places.uri(parsed.matchedOptionValue(OUTPUT, ""));
    boolean overwrite = parsed.hasMatchedOption(OVERWRITE);
    StageResult ended;
    try (Watcher watcher = new Watcher(screen, outputMode)) {
      ended = SoloRun.run(stage, output, overwrite, settings, watcher);
    }
    boolean succeeded = ended.outcome() != StageOutcome.FAILED;
    if (outputMode.json()) {
      screen.out().print(JsonText.pretty(Reports.json(ended, succeeded)));
    } else if (succeeded) {
      screen.out().println(Reports.line(ended));
    }
    if (!succeeded) {
      screen.err().println(ended.reason());
    }
    return succeeded ? Status.DONE : Status.FAILED;
  }

  /** Whether the command line has this name of an option; messages use the name that was given. */
  private static boolean isWritten(String name, ParseResult parsed) {
    return parsed.originalArgs().stream()
        .anyMatch(word -> word.equals(name) || word.startsWith(name + "="));
  }

  /**
   * The flags as a stage.
   *
   * @throws io.millrace.pipeline.ConfigurationException with all mistakes of the command line
   */
  StageSpec stage(ParseResult parsed) {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> taken = taken();
    for (Flag flag : FlagReader.flags(job)) {
      List<String> all = new ArrayList<>(flag.names());
      all.addAll(flag.others());
      all.removeAll(taken);
      for (String name : all) {
        if (parsed.hasMatchedOption(name) && isWritten(name, parsed)) {
          values.put(name.substring(DASHES.length()), parsed.matchedOptionValue(name, ""));
        }
      }
    }
    if (parsed.hasMatchedOption(STRICT) && values.put(MAX_QUARANTINE, "0") != null) {
      problems.add(new Problem(STRICT, "means --max-quarantine 0: give only one of the two"));
    }
    if (outputNeeded && parsed.matchedOptionValue(OUTPUT, "").isBlank()) {
      problems.add(new Problem(OUTPUT, "must be given: the folder of the result"));
    }
    try {
      StageSpec stage = FlagReader.read(job, values);
      if (problems.isEmpty()) {
        return stage;
      }
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    throw new ConfigurationException(problems);
  }
}
