package io.millrace.jobs.export;

import com.univocity.parsers.csv.CsvWriter;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The files of an export and their lines in the index, one picture after the other. */
final class PictureFiles {
  private final Path folder;
  private final List<String> classNames;
  private final CsvWriter index;
  private final JobContext.Progress progress;
  private String split = "";
  private long limit;
  private long number;
  private long pictures;
  private long bytes;

  PictureFiles(
      Path folder, List<String> classNames, CsvWriter index, JobContext.Progress progress) {
    this.folder = folder;
    this.classNames = classNames;
    this.index = index;
    this.progress = progress;
  }

  /** Begins a split. */
  void begin(Split next, long most) throws IOException {
    split = next.text();
    limit = most;
    number = 0;
    Files.createDirectories(folder.resolve(split));
  }

  /** Whether the split has as many pictures as are wanted. */
  boolean isFull() {
    return number == limit;
  }

  /** Writes a picture, unless there are enough. */
  void write(Picture picture) throws IOException {
    if (isFull()) {
      return;
    }
    // Named by a number, since an id may contain anything, even ../.
    String file = String.format(Locale.ROOT, "%s/%07d.%s", split, number, form(picture.encoding()));
    byte[] content =
        picture.encoding() == Encoding.RAW ? Encoder.png(picture.decoded()) : picture.image();
    Files.write(folder.resolve(file), content);
    boolean labelled = picture.label() >= 0;
    index.writeRow(
        file,
        picture.id(),
        labelled ? Integer.toString(picture.label()) : "",
        labelled ? classNames.get(picture.label()) : "");
    number++;
    pictures++;
    bytes += content.length;
    progress.advance(1);
  }

  Exported exported() {
    return new Exported(pictures, bytes);
  }

  private static String form(Encoding encoding) {
    return switch (encoding) {
      case RAW, PNG -> "png";
      case JPEG -> "jpg";
      case WEBP -> "webp";
    };
  }
}
