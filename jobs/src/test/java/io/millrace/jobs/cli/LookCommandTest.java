package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace look}: where the page lies and what is said. */
class LookCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void makeDataset() throws Exception {
    data = folder.resolve("data");
    new MadeDataset(List.of("<script>alert(1)</script>", "b"))
        .addEach(Split.TRAIN, 5, 8)
        .add(Split.TEST, MadeDataset.plain("night", 1, 0, 8))
        .write(data);
  }

  @Test
  void writesPageIntoDatasetAndPrintsItsPath() throws Exception {
    assertThat(run("look", data.toString())).isZero();
    assertThat(out.toString(UTF_8).lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("11 pictures looked at: 1 near-black, 0 near-white, 0 equal to another (page");
    Path page = data.resolve("_look.html");
    assertThat(out.toString(UTF_8)).endsWith("\n" + page + "\n");
    assertThat(page)
        .content(UTF_8)
        .contains("data:image/png;base64,", "&lt;script")
        .doesNotContain("<script>alert(1)");
    byte[] first = Files.readAllBytes(page);
    assertThat(run("look", data.toString())).isZero();
    assertThat(page).hasBinaryContent(first);
  }

  @Test
  void writesPageToTheGivenPath() throws Exception {
    Path page = folder.resolve("pages/a page.html");
    assertThat(run("look", data.toString(), "--to", page.toString(), "--sample", "4", "--json"))
        .isZero();
    assertThat(JsonText.object(out.toByteArray()))
        .containsEntry("outcome", "succeeded")
        .containsEntry("page", page.toString())
        .containsEntry("pictures", 4L);
    assertThat(page).isNotEmptyFile();
    assertThat(data.resolve("_look.html")).doesNotExist();
  }

  @Test
  void showsTransformsOnPicturesOfTheDataset() throws Exception {
    Path page = folder.resolve("chain.html");
    String chain = "[{ pad-reflect = 2 }, { random-crop = 8 }, { flip = horizontal }]";
    assertThat(run("look", data.toString(), "--to", page.toString(), "--transforms", chain))
        .isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(page + "\n");
    assertThat(page)
        .content(UTF_8)
        .contains("The pictures", "All together, epoch 4", "{ flip = horizontal }")
        .doesNotContain("left out");
    // Eleven pictures as they are, in four epochs, and by each of three transforms.
    assertThat(Files.readString(page).split("data:image/png;base64,", -1))
        .hasSizeGreaterThanOrEqualTo(11 * 8);
    assertThat(run("look", data.toString(), "--to", page.toString(), "--transforms", "all"))
        .isZero();
    assertThat(page)
        .content(UTF_8)
        .contains("random-erase<", "{ cutout = 16 }", "side-on<")
        .contains("11 of 11 pictures left out: Cannot augment an image of 8x8: random-crop = 32");
    assertThat(run("look", data.toString(), "--transforms", "[{ flop = 1 }]")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("did you mean 'flip'?");
    assertThat(run("look", data.toString(), "--transforms", "[]")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("nothing to do");
  }

  @Test
  void reportsMistakesAndFailures() throws Exception {
    assertThat(run("look")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("Cannot run 'millrace look': ", "DATASET");
    assertThat(run("look", folder + "/dat")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith(folder + "/dat: there is no such file or folder");
    assertThat(run("look", data.toString(), "--to", folder.toString(), "--sample", "0"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains(
            "--to: '" + folder + "' is a folder; name a file",
            "--sample: '0' is not a whole number, 1 or more");
    assertThat(run("look", folder.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("there is no _dataset.json in it");
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(run("look", data.toString(), "--to", file + "/x.html")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("Cannot write the page " + file + "/x.html: " + file + " is a file\n");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(data, file);
    }
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(arguments);
  }
}
