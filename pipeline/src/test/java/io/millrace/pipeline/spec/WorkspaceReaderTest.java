package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceReaderTest {
  @TempDir Path folder;

  @Test
  void ignoresMistakesInOtherKeys() throws IOException {
    assertThat(
            read(
                """
                pipline = typo
                workspace = "/w/"${params.name}
                params { name = x }
                stages { a { job = unknown, path = ${nowhere} } }
                """))
        .isEqualTo("/w/x");
  }

  @Test
  void overrideReplacesWorkspace() throws IOException {
    String text = "workspace = \"/w/\"${params.name}\nparams { name = x }";
    assertThat(read(text, "params.name=y")).isEqualTo("/w/y");
    assertThat(read(text, "workspace=hdfs://h/z")).isEqualTo("hdfs://h/z");
    assertThatThrownBy(() -> read(text, "params.nam=y"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("did you mean 'name'?");
  }

  @Test
  void reportsWorkspaceWithoutValue() {
    assertThatThrownBy(() -> read("workspace = ${nowhere}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(":1: workspace: ${nowhere} has no value");
    assertThatThrownBy(() -> read("workspace = [a]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(":1: workspace: ");
    assertThatThrownBy(() -> read("a = ${b}\nb = ${a}\nworkspace = x"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageNotContainingAny("missing");
    assertThatThrownBy(() -> read("workspace = {"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith(":1: this '{' is never closed: a '}' is missing");
  }

  private String read(String text, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("p.conf"), text);
    return WorkspaceReader.read(file, List.of(sets));
  }
}
