package io.millrace.jobs.datasetcard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.testing.Cards;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.SmallSources;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.job.CardRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The card of an ingest with quarantined files. */
class QuarantineCardTest {
  @TempDir Path temp;

  @Test
  void showsReasonsAndReadablePartsOfQuarantinedFiles() throws Exception {
    Path source = temp.resolve("source");
    byte[] whole = Encoder.jpeg(Pictures.scene(3, 200, 300, 7), 90);
    SmallSources.file(source.resolve("a/whole.jpg"), whole);
    SmallSources.file(source.resolve("b/same.jpg"), whole);
    byte[] cut = Arrays.copyOf(whole, whole.length * 2 / 3);
    SmallSources.file(source.resolve("a/cut.jpg"), cut);
    SmallSources.file(source.resolve("b/cut too.jpg"), Arrays.copyOf(cut, cut.length - 9));
    SmallSources.file(source.resolve("b/empty.jpg"), new byte[0]);
    SmallSources.file(source.resolve("b/text.jpg"), "no picture".getBytes(UTF_8));
    JobRunner.Done done =
        Ingests.run(
            temp, "out", "source.format=folder", "source.path=" + source, "max-quarantine=100%");
    Card card = card(done);

    assertThat(Cards.figure(card, "quarantined")).isEqualTo("4");
    assertThat(Cards.warnings(card))
        .containsExactly(
            "4 records of 6 (67 %) could not be stored as a picture and were quarantined.");
    assertThat(Cards.table(card, "Reasons").get(0).get(1)).isEqualTo("2");
    List<String> ids = Cards.table(card, "Which").stream().map(row -> row.get(0)).toList();
    assertThat(ids)
        .containsExactlyInAnyOrder("a/cut.jpg", "b/cut too.jpg", "b/empty.jpg", "b/text.jpg");
    List<String> found =
        Cards.table(card, "Which").stream().map(row -> row.get(0) + " " + row.get(1)).toList();
    assertThat(Ingests.quarantine(done).stream().map(row -> row.replaceFirst(" \\d+$", "")))
        .containsExactlyInAnyOrderElementsOf(found);
    List<CardPicture> seen = Cards.gallery(card, "What they still show");
    assertThat(seen).extracting(CardPicture::alt).allMatch(alt -> alt.contains("cut")).hasSize(2);
    assertThat(Cards.decoded(seen.get(0)).getWidth()).isEqualTo(96);
    assertThat(Cards.table(card, "Notes"))
        .contains(List.of("equal to another, byte for byte", "1"));

    // The source may be gone when the card is made.
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    Card later = card(done);
    assertThat(Cards.gallery(later, "What they still show")).isEmpty();
    assertThat(Cards.table(later, "Which")).hasSize(4);
  }

  @Test
  void cardIsEmptyWithoutAResult() throws Exception {
    CardRequest running = new CardRequest("s", Optional.empty(), Map.of(), List.of());
    assertThat(new IngestJob().card(running)).isEqualTo(Card.EMPTY);
    assertThat(new StatsJob().card(running)).isEqualTo(Card.EMPTY);
  }

  @Test
  void showsTermsOfPublicDatasets() {
    assertThat(Terms.of(Map.of("format", "cifar10")).orElseThrow())
        .startsWith("This is the format of cifar10. Its terms: ")
        .contains("Krizhevsky");
    assertThat(Terms.of(Map.of("format", "lsun")).orElseThrow()).contains("Yu et al.");
    assertThat(Terms.of(Map.of("format", "imagenet")).orElseThrow()).contains("non-commercial");
    assertThat(Terms.of(Map.of("format", "folder"))).isEmpty();
    assertThat(Terms.of(Map.of("format", "idx", "path", temp.toString()))).isEmpty();
    assertThat(Terms.of(Map.of("format", "idx", "path", temp + "/gone"))).isEmpty();
  }

  private static Card card(JobRunner.Done done) throws Exception {
    return new IngestJob()
        .card(new CardRequest("s", Optional.of(done.folder().toUri()), Map.of(), List.of()));
  }
}
