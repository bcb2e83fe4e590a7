package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import org.junit.jupiter.api.Test;

/** A pipeline that a program gives as text is read as a file is. */
class GivenTextTest {
  private static ConfigurationException mistakes(String text) {
    return catchThrowableOfType(
        ConfigurationException.class,
        () -> PipelineReader.readText(text, TestJobs.JOBS, SettingsCheck.NONE));
  }

  @Test
  void reportsUnclosedBracketOnItsLine() {
    ConfigurationException mistakes = mistakes("pipeline = p\nstages {\n  a { job = x }\n");
    assertThat(mistakes.problems())
        .extracting(Problem::toString)
        .containsExactly("HOCON text:2: this '{' is never closed: a '}' is missing");
    assertThat(mistakes.problems().get(0).excerpt()).isPresent();
  }

  @Test
  void reportsMissingKeysOnFirstLineAndOthersOnTheirs() {
    ConfigurationException mistakes =
        mistakes("pipeline = p\nstages {\n  a { job = nothing }\n  a { retries = 1 }\n}\n");
    assertThat(mistakes.problems())
        .extracting(Problem::where)
        .containsExactly("HOCON text:1", "HOCON text:3");
  }

  @Test
  void reportsMissingInclude() {
    ConfigurationException mistakes = mistakes("include \"absent.conf\"\n");
    assertThat(mistakes.problems())
        .extracting(Problem::toString)
        .contains("HOCON text: include \"absent.conf\": there is no such file");
  }

  @Test
  void reportsSubstitutionWithoutValueOnItsLine() {
    ConfigurationException mistakes =
        mistakes("pipeline = p\nworkspace = ${nowhere}\nstages { a { job = nothing } }\n");
    assertThat(mistakes.problems())
        .extracting(Problem::toString)
        .contains(
            "HOCON text:2: workspace: ${nowhere} has no value: neither the file nor the environment"
                + " sets it");
  }
}
