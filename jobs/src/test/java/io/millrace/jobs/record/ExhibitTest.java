package io.millrace.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.augment.TransformGallery;
import io.millrace.jobs.augment.TransformRows;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.Told;
import io.millrace.jobs.transform.CentreCrop;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.Levels;
import io.millrace.jobs.transform.Mixup;
import io.millrace.jobs.transform.Transform;
import io.millrace.pipeline.job.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExhibitTest {
  private static final List<Transform> CHAIN =
      List.of(
          new Flip(Flip.Axis.VERTICAL, 1),
          new CentreCrop(40),
          new Mixup(0.4, 1, Interval.of(0.5, 0.5)));

  @TempDir Path folder;
  private final Told told = new Told();
  private Dataset dataset;
  private Path unfinished;

  @BeforeEach
  void write() throws Exception {
    dataset = SmallDataset.write(folder.resolve("shards"), 30);
    unfinished = Files.createDirectories(folder.resolve("unfinished"));
  }

  @Test
  void drawsARowForThePicturesAndEachTransform() throws Exception {
    begin();
    TransformRows rows = rows(0);
    assertThat(rows.rows()).hasSize(4);
    assertThat(rows.rows().get(0).pictures())
        .hasSize(8)
        .allSatisfy(it -> assertThat(it.label()).isEqualTo("32 \u00d7 32"));
    assertThat(rows.rows().get(1).caption()).isEqualTo("{ flip { axis = vertical, p = 1 } }");
    assertThat(rows.rows().get(2).leftOut()).isEqualTo(8);
    assertThat(rows.rows().get(2).why()).contains("centre-crop = 40", "at most 32");
    assertThat(rows.rows().get(3).pictures())
        .hasSize(8)
        .allSatisfy(it -> assertThat(it.label()).isEqualTo("0.50 of the next"));
    assertThat(told.notices()).isEmpty();
  }

  @Test
  void resumedTrainingShowsThePicturesDrawnBefore() throws Exception {
    begin();
    removeShards();
    begin();
    assertThat(rows(1)).isEqualTo(rows(0));
  }

  @Test
  void failureGivesANoticeOnly() throws Exception {
    removeShards();
    begin();
    assertThat(told.events()).isEmpty();
    assertThat(told.notices())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .startsWith("The report shows no transforms: ")
                    .contains("part-00000"));
    assertThat(unfinished).isEmptyDirectory();
  }

  @Test
  void ignoresTruncatedKeptFile() throws Exception {
    Files.writeString(unfinished.resolve("transforms.json"), "{ \"rows\" : [ {");
    begin();
    assertThat(told.notices()).hasSize(1);
  }

  /** A cancellation is thrown on, and nothing unfinished is shown. */
  @Test
  void cancellationIsNoFailure() throws Exception {
    Exhibit<TransformRows> exhibit =
        new Exhibit<>(
            TransformRows.NAME, TransformRows.class, JobFiles.in(unfinished.toUri()), told);
    assertThatThrownBy(
            () ->
                exhibit.begin(
                    () -> {
                      throw new CancellationException();
                    }))
        .isInstanceOf(CancellationException.class);
    exhibit.keepIn(JobFiles.in(unfinished.toUri()));
    assertThat(unfinished).isEmptyDirectory();
    assertThat(told.notices()).isEmpty();
  }

  private void begin() throws IOException {
    new Exhibit<>(TransformRows.NAME, TransformRows.class, JobFiles.in(unfinished.toUri()), told)
        .begin(
            () ->
                Optional.of(
                    TransformGallery.eachAlone(
                        dataset, dataset.shards(Split.TRAIN), CHAIN, Levels.UNKNOWN, 1)));
  }

  private TransformRows rows(int event) {
    return Json.of(told.events().get(event), TransformRows.class);
  }

  private void removeShards() throws Exception {
    for (ShardEntry shard : dataset.shards()) {
      Files.delete(Path.of(dataset.root()).resolve(shard.path()));
    }
  }
}
