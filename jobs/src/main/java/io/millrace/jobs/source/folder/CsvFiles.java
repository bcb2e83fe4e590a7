package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.ImageNames;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.PictureFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files below a folder, found by any name that a CSV file may give them. */
final class CsvFiles {
  /** In place of the id, for a name that several files have. */
  private static final String SEVERAL = "";

  private final URI root;

  /** The folders of the CSV files, by their files: paths below the root. */
  private final Map<URI, String> folders = new HashMap<>();

  private final Map<String, Long> lengths = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();

  /** Ids by file name, with and without extension. */
  private final Map<String, String> byName = new HashMap<>();

  /** Ids by their paths without extension. */
  private final Map<String, String> byStem = new HashMap<>();

  private final IgnoredFiles ignored = new IgnoredFiles();
  private long leftOut;

  private CsvFiles(URI root) {
    this.root = root;
  }

  /** Lists the folder, without the CSV files themselves. */
  static CsvFiles of(URI root, List<CsvLabels> csvs, LeaveOut leaveOut) throws IOException {
    CsvFiles files = new CsvFiles(root);
    for (CsvLabels csv : csvs) {
      files.folders.put(csv.file(), csv.folderBelow(root));
    }
    new PictureFolder(root, "", leaveOut).visit(files::add, files.new Others());
    return files;
  }

  private void add(String id, FolderEntry file) {
    if (folders.containsKey(file.uri())) {
      return;
    }
    lengths.put(id, file.length());
    String name = id.substring(id.lastIndexOf('/') + 1);
    byName.merge(name, id, (one, other) -> SEVERAL);
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      byName.merge(name.substring(0, dot), id, (one, other) -> SEVERAL);
      byStem.merge(id.substring(0, id.lastIndexOf('.')), id, (one, other) -> SEVERAL);
    }
  }

  /**
   * The file that a cell names.
   *
   * @param id of the file; empty if there is none
   * @param path below the root; empty if it leads out of it
   * @param problem why there is none
   */
  record Named(String id, String path, String problem) {
    boolean isThere() {
      return !id.isEmpty();
    }
  }

  /**
   * The file that a cell names: by its path below the root, or below the CSV file's own folder, or
   * by a name that only one file has.
   */
  Named find(CsvLabels csv, String written) {
    Named found = find(written);
    String folder = folder(csv);
    if (folder.isEmpty() || lengths.containsKey(below(written).orElse(""))) {
      return found;
    }
    Named beside = find(folder + "/" + written);
    if (problems.containsKey(beside.path())) {
      return beside;
    }
    if (beside.isThere() || !found.isThere() || folders.size() == 1) {
      return beside.isThere() ? beside : found;
    }
    // The found file may be in another folder with a CSV file of its own.
    return found.id().startsWith(folder + "/") ? found : beside;
  }

  /** The path of a CSV file's folder below the root; empty if it is not below it. */
  String folder(CsvLabels csv) {
    return folders.getOrDefault(csv.file(), "");
  }

  private Named find(String written) {
    Optional<String> below = below(written);
    if (below.isEmpty()) {
      return new Named("", "", "named in the CSV file, but outside the folder");
    }
    String path = below.get();
    if (lengths.containsKey(path)) {
      return new Named(path, path, "");
    }
    String problem = problems.get(path);
    if (problem != null) {
      return new Named("", path, problem);
    }
    String id = (path.indexOf('/') < 0 ? byName : byStem).get(path);
    if (id != null && !id.equals(SEVERAL)) {
      return new Named(id, id, "");
    }
    return new Named(
        "",
        path,
        id == null
            ? "named in the CSV file, but there is no such file"
            : "named in the CSV file, but there are several of that name");
  }

  private Optional<String> below(String written) {
    if (written.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try {
      // Compares only the parts of the path, without any file system.
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

  /**
   * Passes on the ignored files, and those that no line names.
   *
   * @param named ids that lines name
   * @param odd paths that lines name, but where there is no file that can be read
   */
  void tell(Set<String> named, Set<String> odd, Lister.Sink sink) {
    ignored.groups().forEach((kind, group) -> sink.ignored(kind, group.example(), group.files()));
    long oddThere = odd.stream().filter(problems::containsKey).count();
    long pictures = 0;
    String text = "";
    long texts = 0;
    for (String id : lengths.keySet()) {
      if (named.contains(id)) {
        continue;
      }
      if (ImageNames.is(id) || id.indexOf('.', id.lastIndexOf('/') + 1) < 0) {
        pictures++;
      } else {
        text = text.isEmpty() || id.compareTo(text) < 0 ? id : text;
        texts++;
      }
    }
    if (texts > 0) {
      sink.ignored(IgnoredFiles.Kind.BESIDE, text, texts);
    }
    sink.leftOut(leftOut + pictures + problems.size() - oddThere);
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
