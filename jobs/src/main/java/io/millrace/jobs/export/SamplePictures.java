package io.millrace.jobs.export;

import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A few pictures of a model's input shape, on which two programs are compared.
 *
 * @param described what pictures they are, such as {@code 64 pictures of the split test of shards}
 * @param pictures at least one
 */
public record SamplePictures(String described, List<Image> pictures) {
  /** How many there are, at most. */
  static final int MOST = 64;

  private static final List<Split> SPLITS = List.of(Split.TEST, Split.VAL, Split.TRAIN);

  /** Pictures of random bytes, the same ones every time. */
  public static SamplePictures random(InputShape shape) {
    Random random = new Random(1);
    List<Image> pictures = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      byte[] pixels = new byte[shape.size()];
      random.nextBytes(pixels);
      pictures.add(new Image(shape.channels(), shape.height(), shape.width(), pixels));
    }
    return new SamplePictures(
        MOST + " pictures of random pixels (--verify PATH takes pictures of a dataset or folder)",
        pictures);
  }

  /**
   * The first pictures of a dataset's test split, or of another if it has none; those of another
   * size are scaled and cut.
   *
   * @throws CannotException if a shard is damaged, or there is no picture
   */
  public static SamplePictures of(Dataset dataset, InputShape shape) throws IOException {
    Split split =
        SPLITS.stream()
            .filter(it -> dataset.images(it) > 0)
            .findFirst()
            .orElseThrow(() -> none(JobFiles.shown(dataset.root())));
    List<Image> pictures = new ArrayList<>();
    for (ShardEntry shard : dataset.shards(split)) {
      try (ShardReader reader = ShardReader.open(dataset.root(), shard)) {
        for (int group = 0; group < shard.rowGroups().size() && pictures.size() < MOST; group++) {
          for (Picture picture : reader.rowGroup(group)) {
            if (pictures.size() < MOST) {
              Image image = picture.decoded().withChannels(shape.channels());
              pictures.add(fitting(new PixelsInMemory(image), shape));
            }
          }
        }
      }
    }
    return new SamplePictures(
        "%s of the split %s of %s"
            .formatted(
                Amounts.count(pictures.size(), "picture"),
                split.text(),
                JobFiles.shown(dataset.root())),
        pictures);
  }

  /**
   * The first pictures of a local folder, or of folders in it, in the order of their paths; files
   * that are no pictures are passed over.
   *
   * @throws CannotException if there is no picture
   */
  public static SamplePictures in(Path folder, InputShape shape) throws IOException {
    Decoder decoder = new Decoder(shape.channels(), Background.WHITE, false, Limits.USUAL);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<Image> pictures = new ArrayList<>();
    for (Path file : files) {
      if (pictures.size() < MOST && Files.size(file) <= Limits.USUAL.bytes()) {
        try (Decoded decoded = decoder.open(Files.readAllBytes(file))) {
          pictures.add(fitting(decoded, shape));
        } catch (UnusableImageException passedOver) {
          // It is no picture, or a damaged one.
        }
      }
    }
    if (pictures.isEmpty()) {
      throw none(folder.toString());
    }
    return new SamplePictures(
        Amounts.count(pictures.size(), "picture") + " of " + folder, pictures);
  }

  /**
   * The pictures of a dataset or of a local folder.
   *
   * @throws CannotException if there is no picture
   */
  public static SamplePictures at(URI place, InputShape shape) throws IOException {
    return JobFiles.in(place).length(Dataset.FILE) >= 0
        ? of(Dataset.open(place), shape)
        : in(Path.of(place), shape);
  }

  private static Image fitting(PixelSource picture, InputShape shape) {
    return picture.height() == shape.height() && picture.width() == shape.width()
        ? picture.image()
        : picture.resized(new Sizing.Covered(shape.height(), shape.width()));
  }

  private static CannotException none(String place) {
    return new CannotException(
        "verify with " + place,
        "there is no picture in it; give a dataset or a folder of pictures");
  }
}
