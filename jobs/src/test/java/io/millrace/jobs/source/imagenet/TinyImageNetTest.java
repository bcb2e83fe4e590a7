package io.millrace.jobs.source.imagenet;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tiny ImageNet as its authors pack it: a folder images in each synset's folder, in val and in
 * test.
 */
class TinyImageNetTest extends ImageNetFolder {
  @BeforeEach
  void tiny() throws IOException {
    for (String synset : List.of(SHARK, FISH)) {
      file(root.resolve("train/" + synset + "/images/" + synset + "_0.JPEG"), jpeg(1));
      text("train/" + synset + "/" + synset + "_boxes.txt", synset + "_0.JPEG\t0\t62\t63\t63\n");
    }
    file(root.resolve("val/images/val_0.JPEG"), jpeg(2));
    file(root.resolve("val/images/val_1.JPEG"), jpeg(3));
    text("val/val_annotations.txt", line("val_0.JPEG", SHARK) + line("val_1.JPEG", FISH));
    file(root.resolve("test/images/test_0.JPEG"), jpeg(4));
    text("wnids.txt", SHARK + "\n" + FISH + "\n");
    text("words.txt", FISH + "\ttench, Tinca tinca\n" + CRANE + "\tcrane\n");
  }

  private void text(String path, String text) throws IOException {
    file(root.resolve(path), text.getBytes(UTF_8));
  }

  private static String line(String file, String synset) {
    return file + "\t" + synset + "\t0\t32\t44\t62\n";
  }

  @Test
  void readsTinyImageNetAsPacked() throws Exception {
    Ingests.Found found = list(root);
    assertThat(told(found))
        .containsOnly(
            Map.entry("train/" + FISH + "/images/" + FISH + "_0.JPEG", "TRAIN " + FISH),
            Map.entry("train/" + SHARK + "/images/" + SHARK + "_0.JPEG", "TRAIN " + SHARK),
            Map.entry("val/images/val_0.JPEG", "VAL " + SHARK),
            Map.entry("val/images/val_1.JPEG", "VAL " + FISH),
            Map.entry("test/images/test_0.JPEG", "TEST none"));
    assertThat(found.rejects()).isEmpty();
    assertThat(found.contents().classes().names()).containsExactly("tench, Tinca tinca", SHARK);
    assertThat(found.ignored()).as("boxes, annotations, wnids and words").isEqualTo(5);
  }

  @Test
  void readsEachSplitFolderAlone() throws Exception {
    assertThat(told(list(root.resolve("val")))).containsEntry("images/val_0.JPEG", "VAL " + SHARK);
    assertThat(told(list(root.resolve("train")))).hasSize(2);
  }

  @Test
  void recognisesTinyImageNet() throws Exception {
    assertThat(Recognition.of(root.toUri()).orElseThrow().format()).isEqualTo("imagenet");
  }

  @Test
  void refusesAnnotationsLineWithoutSynset() throws Exception {
    Files.writeString(root.resolve("val/val_annotations.txt"), line("val_0.JPEG", FISH) + "x\n");
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("val_annotations.txt: its line 2 is not: file, synset, box");
  }

  @Test
  void refusesTinyImageNetAsAFolderSource() {
    assertThatThrownBy(
            () ->
                Ingests.list(
                    Ingests.parameters("source.format=folder", "source.path=" + root).source(),
                    temp.resolve("inflated")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("use format = imagenet");
  }
}
