package io.millrace.jobs.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Cards;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.job.JobContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look at all pictures finds. */
class DatasetLookTest {
  @TempDir Path folder;

  @Test
  void findsNearBlackAndNearWhitePictures() throws Exception {
    MadeDataset made = new MadeDataset(List.of("a", "b")).addEach(Split.TRAIN, 20, 16);
    for (int i = 0; i < 30; i++) {
      made.add(Split.TRAIN, MadeDataset.plain("dark" + i, 0, i % 12, 8 + i));
    }
    made.add(Split.TEST, MadeDataset.plain("light", 1, 250, 16));
    // Dark grey and light grey are no more than that.
    made.add(Split.TEST, MadeDataset.plain("dim", 1, 14, 16));
    made.add(Split.TEST, MadeDataset.plain("pale", 1, 240, 16));
    // White dots on black are a drawing, though its mean is low.
    byte[] dots = new byte[3 * 16 * 16];
    Arrays.fill(dots, 0, 20, (byte) 255);
    made.add(
        Split.TEST, new io.millrace.jobs.shard.Picture("dots", 1, 16, 16, 3, Encoding.RAW, dots));
    Looked looked = look(made.write(folder), OptionalLong.empty());
    assertThat(looked.pictures()).isEqualTo(74);
    assertThat(looked.nearBlack()).isEqualTo(30);
    assertThat(looked.nearWhite()).isEqualTo(1);
    assertThat(looked.equal()).isZero();
    Card card = looked.card();
    assertThat(Cards.gallery(card, "Near-black, the first 24"))
        .hasSize(24)
        .allMatch(it -> it.alt().startsWith("a: dark"));
    assertThat(Cards.gallery(card, "Near-white"))
        .extracting(CardPicture::caption)
        .containsExactly("b \u00b7 light");
    double[] levels = Cards.values(Cards.bars(card, "Mean level"), "images");
    assertThat(levels[0]).isEqualTo(32);
    assertThat(levels[9]).isEqualTo(2);
    assertThat(Arrays.stream(levels).sum()).isEqualTo(74);
  }

  @Test
  void findsEqualPicturesAndRanksContradictionsFirst() throws Exception {
    MadeDataset made = new MadeDataset(List.of("a", "b")).addEach(Split.TRAIN, 50, 12);
    for (int i = 0; i < 3; i++) {
      made.add(Split.TRAIN, renamed("same" + i, 0, "x"));
    }
    made.add(Split.TRAIN, renamed("y of a", 0, "y")).add(Split.TEST, renamed("y of b", 1, "y"));
    // The same bytes in another shape are another picture.
    made.add(Split.TRAIN, MadeDataset.noise("z", 0, 3, 6, 24));
    made.add(Split.TRAIN, shape("z", 24, 6));
    Looked looked = look(made.write(folder), OptionalLong.empty());
    assertThat(looked.equal()).isEqualTo(3);
    List<List<String>> groups = Cards.table(looked.card(), "Groups");
    assertThat(groups)
        .extracting(row -> row.get(4))
        .containsExactly("y of b, y of a", "same0, same1, same2");
    assertThat(groups.get(1)).startsWith("2", "3", "a", "train");
    assertThat(Cards.warnings(looked.card()))
        .containsExactly(
            "1 group is in several classes: at most one of the labels can be right.",
            "1 group is in several splits: a score on such a split is too good.");
    assertThat(Cards.gallery(looked.card(), "Equal pictures")).hasSize(5);
  }

  @Test
  void countsSizesAndShapes() throws Exception {
    Dataset dataset =
        new MadeDataset(List.of())
            .add(Split.TRAIN, MadeDataset.noise("1", -1, 3, 48, 64))
            .add(Split.TRAIN, MadeDataset.noise("2", -1, 3, 96, 128))
            .add(Split.TRAIN, MadeDataset.noise("3", -1, 1, 17, 17))
            .add(Split.TRAIN, MadeDataset.noise("4", -1, 3, 90, 30))
            .write(folder);
    Card card = look(dataset, OptionalLong.empty()).card();
    Block.Bars sides = Cards.bars(card, "Shorter side");
    assertThat(sides.names())
        .containsExactly("17\u201332", "33\u201348", "49\u201364", "65\u201396");
    assertThat(Cards.values(sides, "images")).containsExactly(2, 1, 0, 1);
    Block.Bars shapes = Cards.bars(card, "Width to height");
    assertThat(shapes.names()).startsWith("1:3").endsWith("4:3");
    double[] counts = Cards.values(shapes, "images");
    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[shapes.names().indexOf("1:1")]).isEqualTo(1);
    assertThat(counts[counts.length - 1]).isEqualTo(2);
    // Grey and RGB have no channels in common.
    assertThat(Cards.all(card, Block.Lines.class)).isEmpty();
  }

  @Test
  void countsUndecodablePicturesAndShowsTheRest() throws Exception {
    Dataset dataset =
        new MadeDataset(List.of("a"))
            .addEach(Split.TRAIN, 3, 8)
            .add(
                Split.TRAIN,
                new io.millrace.jobs.shard.Picture(
                    "broken", 0, 8, 8, 3, Encoding.JPEG, new byte[20]))
            .write(folder);
    Looked looked = look(dataset, OptionalLong.empty());
    assertThat(looked.undecodable()).isEqualTo(1);
    assertThat(Cards.warnings(looked.card()).toString()).contains("split=train/part-00001.parquet");
    assertThat(Cards.gallery(looked.card(), "a")).hasSize(3);
  }

  @Test
  void marksResultsOfASample() throws Exception {
    Dataset dataset = new MadeDataset(List.of("a")).addEach(Split.TRAIN, 500, 8).write(folder);
    Looked looked = look(dataset, OptionalLong.of(100));
    assertThat(looked.pictures()).isEqualTo(100);
    assertThat(Cards.figure(looked.card(), "images")).isEqualTo("500");
    assertThat(Cards.paragraphs(looked.card()).toString())
        .contains("about a sample: 100 of 500 pictures");
    assertThat(Cards.gallery(looked.card(), "a"))
        .extracting(CardPicture::alt)
        .hasSize(24)
        .doesNotHaveDuplicates()
        .contains("a: train#0", "a: train#250");
  }

  @Test
  void keepsPageSmallForAThousandClasses() throws Exception {
    List<String> names = IntStream.range(0, 1000).mapToObj(c -> "class" + c).toList();
    Card card =
        look(
                new MadeDataset(names).addEach(Split.TRAIN, 1, 130).write(folder),
                OptionalLong.empty())
            .card();
    List<CardPicture> pictures = Cards.pictures(card);
    assertThat(pictures).hasSizeBetween(100, 240);
    assertThat(pictures.stream().mapToLong(it -> it.data().length()).sum()).isLessThan(3_000_000);
  }

  @Test
  void refusesDamagedShard() throws Exception {
    Dataset dataset = new MadeDataset(List.of("a")).addEach(Split.TRAIN, 9, 8).write(folder);
    Path shard = folder.resolve("split=train/part-00001.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2]++;
    Files.write(shard, bytes);
    assertThatThrownBy(() -> look(dataset, OptionalLong.empty()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void findsEqualPicturesOfTwoClassesInRealData() throws Exception {
    Path source = RealData.path("lemon2orange");
    JobRunner.Done done =
        Ingests.run(
            folder, "out", "source.format=folder", "source.path=" + source, "images.store=raw");
    Looked looked = look(Dataset.open(done.folder().toUri()), OptionalLong.empty());
    assertThat(looked.pictures()).isEqualTo(800);
    assertThat(looked.equal()).isEqualTo(2);
    assertThat(Cards.table(looked.card(), "Groups"))
        .hasSize(2)
        .allSatisfy(
            row -> {
              String[] ids = row.get(4).split(", ", -1);
              assertThat(ids).hasSize(2);
              assertThat(Files.readAllBytes(source.resolve(ids[0])))
                  .isEqualTo(Files.readAllBytes(source.resolve(ids[1])));
            });
    assertThat(Cards.warnings(looked.card()))
        .contains("2 groups are in several classes: at most one of the labels can be right.");
    assertThat(Cards.all(looked.card(), Block.Lines.class)).hasSize(1);
  }

  private static io.millrace.jobs.shard.Picture renamed(String id, int label, String noise) {
    byte[] pixels = MadeDataset.noise(noise, 0, 3, 12, 12).image();
    return new io.millrace.jobs.shard.Picture(id, label, 12, 12, 3, Encoding.RAW, pixels);
  }

  private static io.millrace.jobs.shard.Picture shape(String noise, int height, int width) {
    byte[] pixels = MadeDataset.noise(noise, 0, 3, height, width).image();
    return new io.millrace.jobs.shard.Picture(
        noise + "'", 0, height, width, 3, Encoding.RAW, pixels);
  }

  private static Looked look(Dataset dataset, OptionalLong sample) throws Exception {
    return new DatasetLook(dataset, sample).look(JobContext.silent());
  }
}
