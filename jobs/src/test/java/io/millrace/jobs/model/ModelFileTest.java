package io.millrace.jobs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.files.Json;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final Path EARLIER =
      Path.of(
          "src/test/resources/io/millrace/jobs/earlier/artifacts/model/"
              + "fb6e057b0c41da64ec5766ead3ad8855f596bc355cd3b72b0bccaabc70206c71/model.json");

  @TempDir private Path folder;

  /** To the byte what an earlier Millrace wrote. */
  @Test
  void isWrittenAsItEverWas() throws IOException {
    byte[] earlier = Files.readAllBytes(EARLIER);
    assertThat(Json.bytes(Json.read(earlier, ModelFile.class))).isEqualTo(earlier);
  }

  @Test
  void aModelThatSomebodyWroteNeedsNoProvenance() throws IOException {
    write(
        """
        {"format": 1, "architecture": {"name": "linear"}, "input": [1, 2, 3], "mean": [0.0],
         "std": [1.0], "class-names": ["a", "b"], "provenance": {"seed": 7}}
        """);
    Model model = Model.open(folder.toUri());
    assertThat(model.origin()).isEqualTo(new Origin("", "", 0, 7));
    assertThat(model.engine()).isEmpty();
    assertThat(model.input().width()).isEqualTo(3);
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    write("{\"format\": 2}");
    assertRefused("model.json is of format 2, and this Millrace reads 1");
    write("{\"format\": 1, \"architecture\": {\"name\": \"linear\"}, \"input\": [3]}");
    assertRefused("its input is not three numbers: channels, height and width");
  }

  private void write(String json) throws IOException {
    Files.writeString(folder.resolve(ModelFiles.MODEL), json);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> Model.open(folder.toUri()))
        .isInstanceOf(CannotException.class)
        .hasMessageEndingWith(why);
  }
}
