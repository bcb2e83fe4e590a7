package io.millrace.jobs.cli;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.store.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that ends by an exception says so. */
final class Refusal {
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
      String word = unmatched.getUnmatched().get(0);
      List<String> near = unmatched.getSuggestions();
      why =
          (unmatched.isUnknownOption()
                  ? "there is no option '"
                  : "there is no command or argument '")
              + word
              + "'"
              + (near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?");
    }
    String help = why.endsWith("?") ? " See " : "; see ";
    return because("", "Cannot run '" + command + "': " + why + help + command + " --help");
  }

  /**
   * Says why, on stderr, and in JSON on stdout where that is asked for.
   *
   * @return the exit status
   */
  static int tell(RuntimeException failure, Manner manner, Screen screen) {
    if (manner.debug()) {
      failure.printStackTrace(screen.err());
    }
    Map<String, Object> json = new LinkedHashMap<>();
    // Whatever went wrong, there is no pipeline that could be named.
    json.put("pipeline", null);
    json.put("outcome", "failed");
    int status;
    if (failure instanceof ConfigurationException mistakes) {
      status = Status.MISUSED;
      json.put("error", total(mistakes.problems()));
      json.put("problems", mistakes.problems().stream().map(Refusal::json).toList());
      mistakes.problems().forEach(screen.err()::println);
      if (mistakes.problems().size() > 1) {
        screen.err().println(total(mistakes.problems()));
      }
    } else {
      status = Status.FAILED;
      String sentence = sentence(failure);
      json.put("error", sentence);
      screen.err().println(sentence);
    }
    if (manner.json()) {
      json.put("stages", List.of());
      screen.out().print(JsonText.pretty(json));
    }
    return status;
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
    return json;
  }

  private static String sentence(RuntimeException failure) {
    return failure instanceof CannotException
        ? failure.getMessage()
        : "Cannot go on: Millrace met what it was not made for ("
            + failure
            + "); run again with --debug for the stack trace";
  }
}
