package io.millrace.jobs.export;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.millrace.jobs.image.Encoder;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Pictures of a dataset as files {@code <split>/<number>.<form>}, with {@code index.csv} of {@code
 * file,id,label,class}. Raw pixels become PNG, of the same pixels; what is stored as JPEG, PNG or
 * WebP keeps its bytes. The index serves as the {@code labels.csv} of a folder source.
 *
 * @param dataset to export
 * @param split the one split that is wanted; all if empty
 * @param limit pictures of each split at most, from its beginning; all if empty
 */
public record Export(Dataset dataset, Optional<Split> split, OptionalLong limit) {
  /** The file that says what the others are. */
  public static final String INDEX = "index.csv";

  /**
   * Writes them.
   *
   * @param folder must not exist, or be empty
   * @throws CannotException if it is neither, or a shard or a picture is damaged
   */
  public Exported into(Path folder, JobContext context) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    String what = "export to " + folder;
    requireFree(target, what);
    Path part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.createDirectories(part.getParent());
      Files.createDirectory(part);
    } catch (FileAlreadyExistsException e) {
      throw new CannotException(
          what,
          part + " is there: another export is at work, or one was killed; then remove it",
          e);
    }
    try {
      Exported exported;
      try (JobContext.Progress progress = context.progress("export", wanted(), "pictures")) {
        exported = write(part, progress);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return exported;
    } finally {
      remove(part);
    }
  }

  private static void requireFree(Path target, String what) throws IOException {
    if (Files.isDirectory(target)) {
      try (Stream<Path> entries = Files.list(target)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
      throw new CannotException(what, "the folder is not empty; choose another");
    }
    if (Files.exists(target)) {
      throw new CannotException(what, "it is a file; choose a folder");
    }
  }

  private List<Split> splits() {
    return split.map(List::of).orElseGet(() -> List.of(Split.values()));
  }

  private long wanted() {
    return splits().stream()
        .mapToLong(it -> Math.min(limit.orElse(Long.MAX_VALUE), dataset.images(it)))
        .sum();
  }

  private Exported write(Path part, JobContext.Progress progress) throws IOException {
    long pictures = 0;
    long bytes = 0;
    try (Writer out = Files.newBufferedWriter(part.resolve(INDEX))) {
      CsvWriter index = new CsvWriter(out, new CsvWriterSettings());
      index.writeHeaders("file", "id", "label", "class");
      for (Split one : splits()) {
        long left = limit.orElse(Long.MAX_VALUE);
        int number = 0;
        for (ShardEntry shard : dataset.shards(one)) {
          if (left == 0) {
            break;
          }
          Files.createDirectories(part.resolve(one.text()));
          try (ShardReader reader = ShardReader.open(dataset.root(), shard)) {
            for (int group = 0; group < shard.rowGroups().size() && left > 0; group++) {
              for (Picture picture : reader.rowGroup(group)) {
                if (left == 0) {
                  break;
                }
                String file = name(one, number++, picture.encoding());
                byte[] content = content(picture);
                Files.write(part.resolve(file), content);
                index.writeRow(file, picture.id(), label(picture), className(picture));
                pictures++;
                left--;
                bytes += content.length;
                progress.advance(1);
              }
            }
          }
        }
      }
      index.flush();
    }
    return new Exported(pictures, bytes);
  }

  /** Of a number: an id may hold anything, {@code ../} too. */
  private static String name(Split split, int number, Encoding encoding) {
    String form =
        switch (encoding) {
          case RAW, PNG -> "png";
          case JPEG -> "jpg";
          case WEBP -> "webp";
        };
    return String.format(Locale.ROOT, "%s/%07d.%s", split.text(), number, form);
  }

  private static byte[] content(Picture picture) {
    return picture.encoding() == Encoding.RAW ? Encoder.png(picture.decoded()) : picture.image();
  }

  private static String label(Picture picture) {
    return picture.label() < 0 ? "" : Integer.toString(picture.label());
  }

  private String className(Picture picture) {
    return picture.label() < 0 ? "" : dataset.classNames().get(picture.label());
  }

  private static void remove(Path part) throws IOException {
    if (Files.notExists(part)) {
      return;
    }
    try (Stream<Path> all = Files.walk(part)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
