package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.store.JsonText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace export}: files that javax.imageio reads, and what it says. */
class ExportCommandTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;
  private static final byte[] FILE_BYTES = "stored as it came".getBytes(UTF_8);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Picture colour = raw("../../evil,\"x\"", 1, 3);
  private final Picture gray = raw("gray", -1, 1);

  @TempDir Path folder;
  private Path data;
  private Path to;

  @BeforeEach
  void makeDataset() throws Exception {
    data = folder.resolve("data");
    to = folder.resolve("out");
    Picture jpeg = new Picture("b.jpg", 0, 2, 2, 3, Encoding.JPEG, FILE_BYTES);
    List<ShardEntry> shards =
        List.of(shard(Split.TEST, gray), shard(Split.TRAIN, colour, jpeg, raw(" c\r ", 0, 3)));
    List<String> classes = List.of("<script>", "日本, 語");
    new Dataset(
            data.toUri(),
            Dataset.digestOf(shards, classes),
            classes,
            new Counts(4, 4, 0, 0, 0),
            Map.of(),
            Map.of(),
            shards)
        .write();
  }

  @Test
  void exportsEveryPictureWithTheSamePixels() throws Exception {
    assertThat(run("--to", to.toString())).isZero();
    assertThat(out.toString(UTF_8)).startsWith("4 pictures (").contains(" in " + to + " (");
    assertThat(files())
        .containsExactly(
            "index.csv",
            "test/0000000.png",
            "train/0000000.png",
            "train/0000001.jpg",
            "train/0000002.png");
    assertThat(to.resolve("index.csv"))
        .content(UTF_8)
        .isEqualTo(
            """
            file,id,label,class
            train/0000000.png,"../../evil,""x""\",1,"日本, 語"
            train/0000001.jpg,b.jpg,0,<script>
            train/0000002.png," c\r ",0,<script>
            test/0000000.png,gray,,
            """);
    assertThat(to.resolve("train/0000001.jpg")).hasBinaryContent(FILE_BYTES);
    assertSame(colour, "train/0000000.png");
    assertSame(gray, "test/0000000.png");
  }

  @Test
  void exportsOnlyTheSplitUpToTheLimit() throws Exception {
    assertThat(run("--to", to.toString(), "--split", "train", "--limit", "2", "--json")).isZero();
    assertThat(JsonText.object(out.toByteArray()))
        .containsEntry("outcome", "succeeded")
        .containsEntry("pictures", 2L);
    assertThat(files()).containsExactly("index.csv", "train/0000000.png", "train/0000001.jpg");
  }

  @Test
  void refusesFolderThatIsNotEmpty() throws Exception {
    Files.createDirectory(to);
    Path mine = Files.writeString(to.resolve("mine.txt"), "mine");
    assertThat(run("--to", to.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("Cannot export to " + to + ": the folder is not empty; choose another\n");
    assertThat(run("--to", mine.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).endsWith(": it is a file; choose a folder\n");
    assertThat(files()).containsExactly("mine.txt");
  }

  @Test
  void leavesNothingAfterDamagedShard() throws Exception {
    Path shard = data.resolve("split=train/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2]++;
    Files.write(shard, bytes);
    assertThat(run("--to", to.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("Cannot read shard " + shard, "its checksum");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(data);
    }
  }

  @Test
  void reportsAllMistakesOfTheCommandLineTogether() {
    assertThat(run("--split", "tset", "--limit", "0")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("--to: must be given")
        .contains("--split: there is no split 'tset'; did you mean 'test'?")
        .contains("--limit: '0' is not a whole number, 1 or more");
  }

  private void assertSame(Picture picture, String file) throws Exception {
    BufferedImage read = ImageIO.read(to.resolve(file).toFile());
    assertThat(read.getWidth()).isEqualTo(WIDTH);
    assertThat(read.getHeight()).isEqualTo(HEIGHT);
    int plane = HEIGHT * WIDTH;
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < picture.channels(); c++) {
        int level = read.getRaster().getSample(i % WIDTH, i / WIDTH, c);
        assertThat(level).isEqualTo(picture.image()[c * plane + i] & 0xFF);
      }
    }
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(to)) {
      return all.filter(Files::isRegularFile)
          .map(file -> to.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private ShardEntry shard(Split split, Picture... pictures) throws Exception {
    try (ShardWriter writer = ShardWriter.create(data.toUri(), split, 0, List.of())) {
      for (Picture picture : pictures) {
        writer.write(picture);
      }
      return writer.finish();
    }
  }

  private static Picture raw(String id, int label, int channels) {
    byte[] pixels = new byte[channels * HEIGHT * WIDTH];
    new Random(channels).nextBytes(pixels);
    return new Picture(id, label, HEIGHT, WIDTH, channels, Encoding.RAW, pixels);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("export", data.toString()));
    all.addAll(List.of(arguments));
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(all.toArray(String[]::new));
  }
}
