package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems of files that are no HOCON, and their lines. */
class SyntaxMistakeTest {
  @TempDir Path folder;
  private PipelineFile files;

  @BeforeEach
  void files() {
    files = new PipelineFile(folder);
  }

  /** A whole file; without any of these lines a bracket is missing. */
  private static final String[] WHOLE = {
    "pipeline = p, workspace = w",
    "params {",
    "  # a comment may hold any bracket: } ] {",
    "  path = \"a } in quotes, \\\" too\", more = \"\"\"}",
    "  }\"\"\"",
    "}",
    "stages {",
    "  model {",
    "    augment = [",
    "      flip",
    "    ]",
    "  }",
    "  test { job = stats }",
    "}"
  };

  @ParameterizedTest
  @CsvSource({"5, 2, {, }", "10, 9, [, ]", "11, 8, {, }", "13, 7, {, }"})
  void reportsUnclosedBracketWhereItOpens(int left, int line, String opening, String closing)
      throws IOException {
    String[] lines = WHOLE.clone();
    lines[left] = "";
    assertThat(files.problems(files.write(lines)))
        .containsExactly(
            "p.conf:%d: this '%s' is never closed: a '%s' is missing"
                .formatted(line, opening, closing));
  }

  @Test
  void reportsUnclosedQuote() throws IOException {
    assertThat(files.problems(files.write("pipeline = \"p\"", "workspace = \"a b")))
        .containsExactly(
            "p.conf:2: the quoted text that begins here has no closing '\"' on this line");
  }

  @Test
  void leavesOutParserAdviceForPropertiesFiles() throws IOException {
    assertThat(files.problems(files.write("pipeline = p", "workspace = = w")))
        .singleElement()
        .asString()
        .startsWith("p.conf:2: ")
        .doesNotContain(".properties");
  }
}
