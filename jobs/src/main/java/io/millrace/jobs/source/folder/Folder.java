package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.Subset;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Optional;

/**
 * A folder of picture files: {@code class/*}, {@code train/class/*} beside {@code val/class/*},
 * CycleGAN's {@code trainA/*} beside {@code trainB/*}, or pictures alone. Labels may also be in CSV
 * files or in the files' names. An id is the path below the folder.
 */
@Variant(
    value = "folder",
    summary =
        "Picture files in class folders, also below train/ and val/, in trainA/ beside trainB/, or"
            + " alone.",
    example = "source { format = folder, path = \"pets\", labels { from-name = \"^(cat|dog)\" } }")
public record Folder(
    @Key(Subset.PATH) Location path,
    @Key("where the labels are, if not in the folders' names") Optional<Labels> labels,
    @Key(Subset.SPLIT) Optional<Split> split,
    @Key(value = Subset.CLASSES, or = "[]") List<String> classes,
    @Key(value = Subset.LIMIT, min = 1) Optional<Integer> perClassLimit,
    @Key(value = Subset.SAMPLE, or = "100%") Share sample,
    @Key(value = LeaveOut.KEY, or = "[]") List<String> leaveOut)
    implements Source {
  /** Checks what is left out. */
  public Folder {
    LeaveOut.check(leaveOut);
  }

  /** Where the labels are. */
  public record Labels(
      @Key(
              value =
                  "files with a line path,label or a JSON object for each picture; paths are relative"
                      + " to the folder or to the file; a heading is optional",
              or = "[]")
          List<Location> csv,
      @Key("a regular expression; its first group, found in a file's name, is the class")
          Optional<String> fromName,
      @Key(value = "the encoding of the CSV file's text, e.g. windows-1252", or = "utf-8")
          String encoding,
      @Key("the CSV file's column of paths, by its heading; found by usual names if not given")
          Optional<String> pathColumn,
      @Key("the CSV file's column of classes, by its heading; found by usual names if not given")
          Optional<String> labelColumn,
      @Key("the CSV file's column of splits, by its heading; found by usual names if not given")
          Optional<String> splitColumn) {
    /** Checks that there is one place. */
    public Labels {
      if (csv.isEmpty() == fromName.isEmpty()) {
        throw new IllegalArgumentException(
            "write { csv = \"files.csv\" } or { from-name = \"^(cat|dog)\" }");
      }
      fromName.ifPresent(NamePattern::check);
      if (!isCharset(encoding)) {
        throw new IllegalArgumentException(
            "there is no encoding '" + encoding + "'; write e.g. utf-8 or windows-1252");
      }
    }

    private static boolean isCharset(String name) {
      try {
        return Charset.isSupported(name);
      } catch (IllegalCharsetNameException e) {
        return false;
      }
    }

    private List<CsvLabels> labels() {
      return csv.stream().map(it -> new CsvLabels(JobFiles.uri(it.text()), encoding)).toList();
    }

    private CsvColumns.Asked asked() {
      return new CsvColumns.Asked(pathColumn, labelColumn, splitColumn);
    }
  }

  @Override
  public List<Location> places() {
    return List.of(path);
  }

  @Override
  public Contents open(URI inflated) throws IOException {
    FolderListing listing =
        new FolderListing("folder", JobFiles.uri(path.text()), split, new LeaveOut(leaveOut));
    if (labels.isEmpty()) {
      return listing.byFolders();
    }
    return labels.get().fromName().isPresent()
        ? listing.byNames(labels.get().fromName().get())
        : listing.byCsv(labels.get().labels(), labels.get().asked());
  }
}
