package io.millrace.jobs.source.imagenet;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.testing.Ingests;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetDamageTest extends ImageNetFolder {
  @Test
  void tarTruncatedInAnInnerTarKeepsTheOthersAndCountsOne() throws Exception {
    byte[] first = tar(files(FISH + "_1.JPEG", jpeg(1), FISH + "_2.JPEG", jpeg(2)));
    byte[] second = tar(files(SHARK + "_1.JPEG", jpeg(3)));
    byte[] whole = tar(files(FISH + ".tar", first, SHARK + ".tar", second));
    int cut = 512 + first.length + 512 + 700;
    Ingests.Found found = list(file(root.resolve(TRAIN), Arrays.copyOf(whole, cut)));

    assertThat(told(found)).hasSize(2).allSatisfy((id, label) -> assertThat(id).contains(FISH));
    assertThat(found.rejects())
        .extracting(Reject::id, Reject::path, Reject::reason)
        .containsExactly(tuple(TRAIN, root.resolve(TRAIN).toString(), "the archive ends early"));
  }

  @Test
  void damageInAnInnerTarLosesOnlyItsRemainingFiles() throws Exception {
    byte[] first = tar(files(FISH + "_1.JPEG", jpeg(1), FISH + "_2.JPEG", jpeg(2)));
    int secondHeader = 512 + (jpeg(1).length + 511) / 512 * 512;
    first[secondHeader] ^= 1;
    byte[] second = tar(files(SHARK + "_1.JPEG", jpeg(3)));
    byte[] whole = tar(files(FISH + ".tar", first, SHARK + ".tar", second));
    Ingests.Found found = list(file(root.resolve(TRAIN), whole));

    assertThat(told(found))
        .containsOnlyKeys(FISH + "/" + FISH + "_1.JPEG", SHARK + "/" + SHARK + "_1.JPEG");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly(FISH + ".tar");
  }

  @Test
  void countsEmptyInnerTarOnce() throws Exception {
    byte[] inner = tar(files(SHARK + "_1.JPEG", jpeg(3)));
    byte[] whole = tar(files(FISH + ".tar", new byte[0], SHARK + ".tar", inner));
    Ingests.Found found = list(file(root.resolve(TRAIN), whole));

    assertThat(told(found)).containsOnlyKeys(SHARK + "/" + SHARK + "_1.JPEG");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly(FISH + ".tar");
  }

  @Test
  void countsEmptyArchiveOnce() throws Exception {
    Ingests.Found found = list(file(root.resolve(TRAIN), new byte[0]));
    assertThat(found.entries()).isEmpty();
    assertThat(found.rejects()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAIN + ".gz", VAL + ".gz"})
  void countsTruncatedCompressedArchiveOnce(String name) throws Exception {
    boolean train = name.startsWith(TRAIN);
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      byte[] picture = jpeg(i);
      String synset = String.format("n%08d", i);
      many.put(
          train ? synset + ".tar" : "ILSVRC2012_val_%08d.JPEG".formatted(i),
          train ? tar(files("a.JPEG", picture)) : picture);
    }
    byte[] whole = gzip(tar(many));
    Path archive = file(root.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    Ingests.Found found = list(archive);

    assertThat(found.entries().size()).isBetween(5, 35);
    assertThat(found.rejects()).hasSize(1);
  }

  @Test
  void countsWrongChecksumOfArchiveOnce() throws Exception {
    byte[] whole = gzip(tar(files(FISH + ".tar", tar(files("a.JPEG", jpeg(1))))));
    whole[whole.length - 6] ^= 1;
    Ingests.Found found = list(file(root.resolve(TRAIN + ".gz"), whole));
    assertThat(found.entries()).hasSize(1);
    assertThat(found.rejects()).extracting(Reject::id).containsExactly(TRAIN + ".gz");
  }

  @Test
  void rejectsPicturesBesideTheSynsetFolders() throws Exception {
    file(root.resolve("train/" + FISH + "/a.JPEG"), jpeg(1));
    file(root.resolve("train/stray.JPEG"), jpeg(2));
    file(root.resolve("notes.txt"), jpeg(2));
    Ingests.Found found = list(root);
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("train/stray.JPEG");
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void rejectsFilesBesideTheInnerTars() throws Exception {
    byte[] inner = tar(files("a.JPEG", jpeg(1)));
    byte[] whole =
        tar(
            files(
                FISH + ".tar",
                inner,
                "stray.JPEG",
                jpeg(2),
                "tench.tar",
                inner,
                "readme.txt",
                inner));
    Ingests.Found found = list(file(root.resolve(TRAIN), whole));
    assertThat(found.entries()).hasSize(1);
    assertThat(found.rejects())
        .extracting(Reject::id)
        .containsExactlyInAnyOrder("stray.JPEG", "tench.tar");
    assertThat(found.ignored()).isEqualTo(1);
  }
}
