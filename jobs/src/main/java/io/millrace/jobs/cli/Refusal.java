package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.Caret;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.store.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user about an exception that ended a command. */
final class Refusal {
  /** The field of the JSON object with the mistakes of a configuration. */
  static final String PROBLEMS = "problems";

  private static final String CANNOT = "Cannot";
  private static final String STOPPED = "Stopped before the end; run the same command again";

  private Refusal() {}

  /** One mistake on the command line. */
  static ConfigurationException because(String where, String message) {
    return new ConfigurationException(List.of(new Problem(where, message)));
  }

  /** What picocli found on the command line. */
  static ConfigurationException of(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String why = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      why = unknown(unmatched.getUnmatched().get(0), e.getCommandLine().getCommandSpec());
    }
    String help = why.endsWith("?") ? " See " : "; see ";
    return because("", "Cannot run '" + command + "': " + why + help + command + " --help");
  }

  private static String unknown(String word, CommandSpec command) {
    if (word.startsWith("-")) {
      String name = word.replaceFirst("=.*", "");
      List<String> options =
          command.options().stream().flatMap(option -> Stream.of(option.names())).toList();
      return "there is no option '" + name + "'" + Nearest.hint(name, options);
    }
    return command.subcommands().isEmpty()
        ? "there is one argument too many: '" + word + "'"
        : "there is no command '" + word + "'" + Nearest.hint(word, command.subcommands().keySet());
  }

  /**
   * Says why on stderr, and with {@code --json} also on stdout.
   *
   * @return the exit status
   */
  static int tell(RuntimeException failure, OutputMode outputMode, Screen screen) {
    if (outputMode.debug()) {
      failure.printStackTrace(screen.err());
    }
    if (failure instanceof ConfigurationException mistakes) {
      mistakes.problems().forEach(problem -> print(problem, screen));
      if (mistakes.problems().size() > 1) {
        screen.err().println(total(mistakes.problems()));
      }
    } else {
      print(sentence(failure), screen);
    }
    if (outputMode.json()) {
      screen.out().print(JsonText.pretty(json(failure)));
    }
    return failure instanceof ConfigurationException ? Status.MISUSED : Status.FAILED;
  }

  /** The JSON object of a command that an exception ended. */
  static Map<String, Object> json(RuntimeException failure) {
    Map<String, Object> json = new LinkedHashMap<>();
    // The field is always there, even where no pipeline could be read.
    json.put("pipeline", null);
    json.put("outcome", "failed");
    if (failure instanceof ConfigurationException mistakes) {
      json.put("error", total(mistakes.problems()));
      json.put(PROBLEMS, mistakes.problems().stream().map(Refusal::json).toList());
    } else {
      json.put("error", sentence(failure));
      if (failure instanceof CancellationException) {
        json.put("interrupted", true);
      }
    }
    json.put("stages", List.of());
    return json;
  }

  /** A sentence on stderr, its "Cannot" in red. */
  static void print(String sentence, Screen screen) {
    int at = sentence.indexOf(CANNOT);
    // "Cannot" is at the beginning, or after the name of a stage.
    boolean refused = at == 0 || (at > 1 && sentence.startsWith(": ", at - 2));
    screen
        .err()
        .println(
            refused
                ? sentence.substring(0, at)
                    + screen.errInk().red(CANNOT)
                    + sentence.substring(at + CANNOT.length())
                : sentence);
  }

  private static void print(Problem problem, Screen screen) {
    print(problem.toString(), screen);
    problem
        .excerpt()
        .map(excerpt -> Caret.lines(excerpt, screen.room(), screen.errInk()))
        .ifPresent(lines -> lines.forEach(screen.err()::println));
  }

  private static String total(List<Problem> problems) {
    return problems.size() == 1
        ? problems.get(0).toString()
        : problems.size() + " mistakes; nothing was run.";
  }

  private static Map<String, Object> json(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("where", problem.where());
    json.put("message", problem.message());
    problem
        .excerpt()
        .ifPresent(
            excerpt -> {
              if (excerpt.line() > 0) {
                json.put("line", excerpt.line());
              }
              if (excerpt.to() > excerpt.from()) {
                json.put("column", excerpt.from() + 1);
              }
              json.put("excerpt", excerpt.text());
            });
    return json;
  }

  private static String sentence(RuntimeException failure) {
    if (failure instanceof CancellationException) {
      return failure.getMessage() == null ? STOPPED : failure.getMessage();
    }
    return failure instanceof CannotException
        ? failure.getMessage()
        : "Cannot continue: Millrace met an error that it does not know ("
            + failure
            + "); run again with --debug for the stack trace";
  }
}
