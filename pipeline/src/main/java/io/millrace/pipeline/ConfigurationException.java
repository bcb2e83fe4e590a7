package io.millrace.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** All problems of the configuration or the command line together: exit status 2. */
@API(status = API.Status.STABLE)
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All problems, in the order of their place in the file. */
  public List<Problem> problems() {
    return problems;
  }
}
