package io.millrace.jobs.datasetcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Cards;
import io.millrace.jobs.testing.MadeDataset;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The card of datasets of every kind. */
class DatasetCardTest {
  private static final String LONG = "long ".repeat(40);

  @TempDir Path folder;

  @Test
  void showsCountsAndPicturesByClass() throws Exception {
    List<String> names = List.of("<script>alert(1)</script>", LONG, "\u86d9");
    Card card = card(new MadeDataset(names).addEach(Split.TRAIN, 8, 16).addEach(Split.VAL, 1, 16));
    assertThat(Cards.figure(card, "images")).isEqualTo("27");
    assertThat(Cards.figure(card, "classes")).isEqualTo("3");
    assertThat(Cards.figure(card, "quarantined")).isEqualTo("0");
    Block.Bars bars = Cards.bars(card, "Images in each class");
    assertThat(bars.names())
        .containsExactly("<script>alert(1)</script>", LONG.substring(0, 39) + "\u2026", "\u86d9");
    // No bar for the test split, which is empty.
    assertThat(bars.series()).extracting("name").containsExactly("train", "val");
    assertThat(Cards.values(bars, "train")).containsExactly(8, 8, 8);
    assertThat(Cards.values(bars, "val")).containsExactly(1, 1, 1);
    assertThat(Cards.gallery(card, "<script>")).hasSize(6);
    assertThat(Cards.gallery(card, "\u86d9")).hasSize(6);
    assertThat(Cards.warnings(card)).isEmpty();
    assertThat(Cards.paragraphs(card))
        .contains(
            "All are 16 \u00d7 16 pixels (height \u00d7 width), as seen in 27 of 27 pictures."
                + " Stored as RGB pixels.");
  }

  @Test
  void showsSmallPicturesInFullAndLargeOnesInProportion() throws Exception {
    var small = MadeDataset.noise("small", 0, 3, 20, 30);
    var large = MadeDataset.noise("large", 1, 1, 300, 100);
    Card card =
        card(new MadeDataset(List.of("a", "b")).add(Split.TRAIN, small).add(Split.TRAIN, large));
    CardPicture first = Cards.gallery(card, "a").get(0);
    BufferedImage seen = Cards.decoded(first);
    for (int i = 0; i < 20 * 30; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(seen.getRaster().getSample(i % 30, i / 30, c))
            .isEqualTo(small.image()[c * 600 + i] & 0xFF);
      }
    }
    CardPicture second = Cards.gallery(card, "b").get(0);
    assertThat(second.height()).isEqualTo(96).isEqualTo(Cards.decoded(second).getHeight());
    assertThat(second.width()).isEqualTo(32).isEqualTo(Cards.decoded(second).getWidth());
    assertThat(second.alt()).isEqualTo("b: large");
    assertThat(Cards.table(card, "Sizes"))
        .containsExactlyInAnyOrder(
            List.of("20 \u00d7 30", "1", "50 %"), List.of("300 \u00d7 100", "1", "50 %"));
  }

  @Test
  void keepsCardSmallForAThousandClasses() throws Exception {
    List<String> names = IntStream.range(0, 1000).mapToObj(c -> "class " + c).toList();
    MadeDataset made = new MadeDataset(names).addEach(Split.TRAIN, 2, 8);
    for (int i = 0; i < 5; i++) {
      made.add(Split.TRAIN, MadeDataset.noise("more" + i, 700, 3, 8, 8));
    }
    Card card = card(made);
    assertThat(Cards.all(card, Block.Bars.class)).isEmpty();
    assertThat(Cards.table(card, "The largest classes").get(0))
        .containsExactly("class 700", "7", "7");
    assertThat(Cards.table(card, "The smallest classes")).hasSize(10);
    assertThat(Cards.table(card, "All 1,000 classes")).hasSize(1000);
    List<CardPicture> pictures = Cards.pictures(card);
    assertThat(pictures)
        .extracting(CardPicture::caption)
        .hasSize(96)
        .doesNotHaveDuplicates()
        .anyMatch(caption -> caption.length() == "class 700".length());
    assertThat(characters(card)).isLessThan(600_000);
  }

  @Test
  void limitsPictureBytesAndShowsEveryClass() throws Exception {
    List<String> names = IntStream.range(0, 12).mapToObj(c -> "class" + c).toList();
    // Noise takes as many bytes as pictures of a size can.
    Card card = card(new MadeDataset(names).addEach(Split.TRAIN, 8, 120));
    assertThat(characters(card)).isBetween(400_000L, 600_000L);
    for (String name : names) {
      assertThat(Cards.gallery(card, name)).isNotEmpty();
    }
  }

  @Test
  void showsOneClassNoClassesAndUnlabelledPictures() throws Exception {
    Card one = card(new MadeDataset(List.of("only")).addEach(Split.TRAIN, 3, 8));
    assertThat(Cards.values(Cards.bars(one, "Images"), "train")).containsExactly(3);
    Card none =
        card(
            "none",
            new MadeDataset(List.of()).add(Split.TRAIN, MadeDataset.noise("x", -1, 1, 5, 5)));
    assertThat(Cards.paragraphs(none)).contains("Its pictures have no labels.");
    assertThat(Cards.gallery(none, "(no label)")).hasSize(1);
    Card some =
        card(
            "some",
            new MadeDataset(List.of("a"))
                .addEach(Split.TRAIN, 1, 8)
                .add(Split.TEST, MadeDataset.noise("x", -1, 3, 8, 8)));
    assertThat(Cards.bars(some, "Images").names()).containsExactly("a", "(no label)");
    assertThat(Cards.values(Cards.bars(some, "Images"), "test")).containsExactly(0, 1);
  }

  @Test
  void warnsOfDamagedShardAndKeepsCounts() throws Exception {
    Dataset dataset = new MadeDataset(List.of("a")).addEach(Split.TRAIN, 4, 32).write(folder);
    for (int shard = 0; shard < 2; shard++) {
      Files.write(folder.resolve("split=train/part-0000" + shard + ".parquet"), new byte[100]);
    }
    Card card = DatasetCard.of(dataset.root());
    assertThat(Cards.figure(card, "images")).isEqualTo("4");
    assertThat(Cards.warnings(card))
        .containsExactly("No pictures can be shown: a shard of the dataset is missing or damaged.");
    assertThatThrownBy(() -> DatasetCard.of(folder.resolve("no").toUri()))
        .isInstanceOf(CannotException.class);
  }

  @Test
  void makesTheSameCardEachTime() throws Exception {
    Dataset dataset = new MadeDataset(List.of("a", "b")).addEach(Split.TRAIN, 700, 8).write(folder);
    assertThat(Cards.pictures(DatasetCard.of(dataset.root())))
        .isEqualTo(Cards.pictures(DatasetCard.of(dataset.root())));
    assertThat(Cards.paragraphs(DatasetCard.of(dataset.root())).toString())
        .contains("1,024 of 1,400 pictures");
  }

  @Test
  void spreadsSampleEvenly() throws Exception {
    Dataset dataset =
        new MadeDataset(List.of("a"))
            .addEach(Split.TRAIN, 301, 2)
            .addEach(Split.TEST, 40, 2)
            .write(folder);
    assertThat(RowRange.rows(RowRange.all(dataset))).isEqualTo(341);
    List<RowRange> some = RowRange.spread(dataset, 4, 100);
    assertThat(RowRange.rows(some)).isEqualTo(100);
    assertThat(some).extracting(RowRange::rows).containsExactly(6, 6, 44, 44);
    assertThat(RowRange.spread(dataset, 4, 1000)).isEqualTo(RowRange.all(dataset));
    assertThat(RowRange.spread(dataset, 2, 1000)).hasSize(2);
    assertThat(RowRange.rows(RowRange.spread(dataset, 4, 1))).isEqualTo(1);
  }

  private Card card(MadeDataset made) throws Exception {
    return card("made", made);
  }

  private Card card(String name, MadeDataset made) throws Exception {
    return DatasetCard.of(made.write(folder.resolve(name)).root());
  }

  private static long characters(Card card) {
    return Cards.pictures(card).stream().mapToLong(it -> it.data().length()).sum();
  }
}
