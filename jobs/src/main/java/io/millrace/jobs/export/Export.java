package io.millrace.jobs.export;

import com.univocity.parsers.csv.CsvWriter;
import io.millrace.jobs.files.CsvText;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Exports pictures of a dataset as files {@code <split>/<number>.<form>}, with an {@code index.csv}
 * of {@code file,id,label,class}. Raw pixels become PNG with the same pixels; pictures stored as
 * JPEG, PNG or WebP keep their bytes.
 *
 * @param dataset to export
 * @param split the only split to export; all if empty
 * @param limit at most that many pictures of each split, from its beginning; all if empty
 */
public record Export(Dataset dataset, Optional<Split> split, OptionalLong limit) {
  /** The file with a line for each picture. */
  public static final String INDEX = "index.csv";

  /**
   * Writes the files.
   *
   * @param folder must not exist or must be empty
   * @throws CannotException if the folder is not empty, or a shard or a picture is damaged
   */
  public Exported into(Path folder, JobContext context) throws IOException {
    return new WholeFolder(folder)
        .filledBy(
            part -> {
              try (JobContext.Progress progress =
                  context.progress("export", wanted(), "pictures")) {
                return write(part, progress);
              }
            });
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
    try (Writer out = Files.newBufferedWriter(part.resolve(INDEX))) {
      CsvWriter index = CsvText.to(out, "file", "id", "label", "class");
      PictureFiles files = new PictureFiles(part, dataset.classNames(), index, progress);
      for (Split one : splits()) {
        if (dataset.images(one) > 0) {
          write(one, files);
        }
      }
      index.flush();
      return files.exported();
    }
  }

  private void write(Split one, PictureFiles files) throws IOException {
    files.begin(one, limit.orElse(Long.MAX_VALUE));
    for (ShardEntry shard : dataset.shards(one)) {
      if (files.isFull()) {
        return;
      }
      try (ShardReader reader = ShardReader.open(dataset.root(), shard)) {
        for (int group = 0; group < shard.rowGroups().size() && !files.isFull(); group++) {
          for (Picture picture : reader.rowGroup(group)) {
            files.write(picture);
          }
        }
      }
    }
  }
}
