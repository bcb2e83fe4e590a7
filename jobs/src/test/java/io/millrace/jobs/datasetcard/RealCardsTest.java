package io.millrace.jobs.datasetcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.ingest.IngestJob;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.stats.StatsParameters;
import io.millrace.jobs.testing.Cards;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards of real pictures, compared with what DuckDB counts. */
class RealCardsTest {
  @TempDir Path temp;

  @Test
  void cardOfCifar10EqualsDuckDbsCounts() throws Exception {
    Path source = RealData.path("cifar10/cifar-10-batches-bin");
    JobRunner.Done done =
        Ingests.run(temp, "out", "source.format=cifar10", "source.path=" + source);
    Card card = card(new IngestJob(), done);
    assertThat(Cards.figure(card, "images")).isEqualTo("20,000");
    Block.Bars bars = Cards.bars(card, "Images in each class");
    Dataset dataset = Dataset.open(done.folder().toUri());
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "select split, label, count(*) from read_parquet('"
                    + done.folder()
                    + "/split=*/*.parquet', hive_partitioning = true) group by all")) {
      int groups = 0;
      while (rows.next()) {
        int at = bars.names().indexOf(dataset.classNames().get(rows.getInt(2)));
        assertThat(Cards.values(bars, rows.getString(1))[at]).isEqualTo((double) rows.getLong(3));
        groups++;
      }
      assertThat(groups).isEqualTo(20);
    }
    for (String name : dataset.classNames()) {
      List<CardPicture> pictures = Cards.gallery(card, name);
      assertThat(pictures).hasSize(6);
      assertThat(pictures).allMatch(it -> it.height() == 32 && it.width() == 32);
    }
    assertThat(Cards.paragraphs(card).toString()).contains("32 \u00d7 32", "Krizhevsky");

    StatsParameters parameters =
        (StatsParameters)
            FlagReader.read(new StatsJob(), Map.of("shards", done.path())).parameters();
    JobRunner.Done stats = JobRunner.run(new StatsJob(), parameters, temp, "stats");
    Card channels = card(new StatsJob(), stats);
    assertThat(Cards.table(channels, "Channels"))
        .extracting(row -> row.get(0))
        .containsExactly("red", "green", "blue");
    List<?> means = (List<?>) stats.result().metrics().get("mean");
    Block.Lines lines = Cards.all(channels, Block.Lines.class).get(0);
    for (int c = 0; c < 3; c++) {
      double[] shares = lines.series().get(c).y();
      assertThat(Arrays.stream(shares).sum()).isCloseTo(100, within(1e-9));
      double mean = 0;
      for (int level = 0; level < shares.length; level++) {
        mean += shares[level] * level / 25_500;
      }
      assertThat(mean).isCloseTo((Double) means.get(c), within(1e-9));
      assertThat(Double.parseDouble(Cards.table(channels, "Channels").get(c).get(1)))
          .isCloseTo(mean, within(1e-4));
    }
  }

  @Test
  void cardOfImageNetShowsOddFilesAndSizes() throws Exception {
    Path source = RealData.path("imagenet-mini");
    JobRunner.Done done =
        Ingests.run(temp, "out", "source.format=folder", "source.path=" + source + "/odd");
    Card odd = card(new IngestJob(), done);
    assertThat(Cards.pictures(odd)).hasSize(3);
    assertThat(Cards.table(odd, "Notes")).contains(List.of("stored as CMYK", "2"));

    JobRunner.Done full =
        Ingests.run(
            temp,
            "full",
            "source.format=imagenet",
            "source.path=" + source + "/fullsize",
            "source.split=train");
    Card card = card(new IngestJob(), full);
    assertThat(Cards.figure(card, "images")).isEqualTo("254");
    assertThat(Cards.table(card, "The largest classes")).hasSize(10);
    assertThat(Cards.paragraphs(card).toString())
        .contains("Heights from ", "non-commercial", "of 254 pictures");
    assertThat(Cards.pictures(card))
        .extracting(it -> Math.max(it.height(), it.width()))
        .hasSize(96)
        .allMatch(side -> side <= 96);
    assertThat(Cards.pictures(card).stream().mapToLong(it -> it.data().length()).sum())
        .isLessThan(600_000);
  }

  @Test
  void recognisesFashionMnistByItsFiles() {
    String path = RealData.path("fashion-mnist").toString();
    assertThat(Terms.of(Map.of("format", "idx", "path", path)))
        .contains("These are the files of fashion-mnist. Its terms: MIT licence, Zalando SE.");
  }

  private static Card card(Job<?> job, JobRunner.Done done) throws Exception {
    return job.card(new CardRequest("s", Optional.of(done.folder().toUri()), Map.of(), List.of()));
  }
}
