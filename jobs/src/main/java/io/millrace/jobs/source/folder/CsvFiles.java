package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.PictureFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files below a folder, by the ways in which a CSV file may name them. */
final class CsvFiles {
  /** Of a name that several files have. */
  private static final String SEVERAL = "";

  private final URI root;
  private final URI csv;
  private final Map<String, Long> lengths = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();

  /** Ids by their names without folders, and by these without extension. */
  private final Map<String, String> byName = new HashMap<>();

  private final IgnoredFiles ignored = new IgnoredFiles();
  private long leftOut;

  private CsvFiles(URI root, URI csv) {
    this.root = root;
    this.csv = csv;
  }

  /** Lists the folder. */
  static CsvFiles of(URI root, URI csv, LeaveOut leaveOut) throws IOException {
    CsvFiles files = new CsvFiles(root, csv);
    new PictureFolder(root, "", leaveOut).visit(files::add, files.new Others());
    return files;
  }

  private void add(String id, FolderEntry file) {
    if (file.uri().equals(csv)) {
      return;
    }
    lengths.put(id, file.length());
    String name = id.substring(id.lastIndexOf('/') + 1);
    byName.merge(name, id, (one, other) -> SEVERAL);
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      byName.merge(name.substring(0, dot), id, (one, other) -> SEVERAL);
    }
  }

  /**
   * What a cell names.
   *
   * @param id of the file; empty if there is none
   * @param problem why there is none
   */
  record Named(String id, String problem) {
    boolean isThere() {
      return !id.isEmpty();
    }
  }

  /** The file that a cell names: by its path, or by a name that only one file has. */
  Named find(String written) {
    Optional<String> below = below(written);
    if (below.isEmpty()) {
      return new Named("", "named in the CSV file, but outside the folder");
    }
    String path = below.get();
    if (lengths.containsKey(path)) {
      return new Named(path, "");
    }
    String problem = problems.get(path);
    if (problem != null) {
      return new Named("", problem);
    }
    String id = path.indexOf('/') < 0 ? byName.get(path) : null;
    if (id != null && !id.equals(SEVERAL)) {
      return new Named(id, "");
    }
    return new Named(
        "",
        id == null
            ? "named in the CSV file, but there is no such file"
            : "named in the CSV file, but there are several of that name");
  }

  private Optional<String> below(String written) {
    if (written.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      // Of no file system: only the parts of the path count.
      Path base = Path.of("file".equals(root.getScheme()) ? root.getPath() : "/").normalize();
      Path file = base.resolve(written).normalize();
      return file.startsWith(base) && !file.equals(base)
          ? Optional.of(base.relativize(file).toString())
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The entry of a file that {@link #find} gave. */
  Entry entry(String id, Split split, int label) {
    return Entry.encoded(id, split, label, uri(id), 0, lengths.get(id));
  }

  private URI uri(String id) {
    return "file".equals(root.getScheme())
        ? JobFiles.uri(Path.of(root).resolve(id).toString())
        : new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(root), id).toUri();
  }

  /** Whether what a cell names is there, and is no file that can be read. */
  boolean isOdd(String written) {
    return below(written).filter(problems::containsKey).isPresent();
  }

  /** How many there are but for the CSV file, usable or not. */
  long size() {
    return (long) lengths.size() + problems.size();
  }

  /** What was passed over. */
  void tell(Lister.Sink sink) {
    ignored.groups().forEach((kind, group) -> sink.ignored(kind, group.example(), group.files()));
    sink.leftOut(leftOut);
  }

  private final class Others implements Lister.Sink {
    @Override
    public void entry(Entry entry) {}

    @Override
    public void reject(Reject reject) {
      problems.put(reject.id(), reject.reason());
    }

    @Override
    public void leftOut(long pictures) {
      leftOut += pictures;
    }

    @Override
    public void ignored(IgnoredFiles.Kind kind, String example, long files) {
      ignored.add(kind, example, files);
    }
  }
}
