package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PictureFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The pictures that a CSV file names. Files that it does not name are left out.
 *
 * @param heading whether its first line is none
 */
record CsvLister(CsvLabels csv, boolean heading, List<String> classes) implements Lister {
  @Override
  public void list(Part part, Sink sink) throws IOException {
    long[] named = new long[1];
    csv.visit(
        (number, path, label) -> {
          if (number > 0 || !heading) {
            named[0] += line(part, path, label, sink) ? 1 : 0;
          }
        });
    Others others = new Others();
    new PictureFolder(part.file(), "")
        .visit((id, file) -> others.count += file.uri().equals(csv.file()) ? 0 : 1, others);
    sink.leftOut(Math.max(0, others.count - named[0]));
  }

  /** Whether something stands there, usable or not. */
  private boolean line(Part part, String path, String label, Sink sink) throws IOException {
    URI file = below(part.file(), path);
    String problem = "named in the CSV file, but there is no such file";
    if (file == null) {
      problem = "named in the CSV file, but outside the folder";
    } else if (path.indexOf(':') >= 0) {
      problem = FolderEntry.COLON;
    } else {
      long length = length(file);
      if (length >= 0) {
        int number = label.isEmpty() ? Entry.NO_LABEL : classes.indexOf(label);
        // However it is written there: a file has one id.
        String id = JobFiles.shown(file).substring(JobFiles.shown(part.file()).length() + 1);
        sink.entry(Entry.encoded(id, part.split(), number, file, 0, length));
        return true;
      }
    }
    sink.reject(new Reject(path, JobFiles.shown(csv.file()), problem, 0));
    return file != null && stands(file);
  }

  /** The file of that path below a folder; null if it leads out of it, or is no path. */
  static URI below(URI folder, String path) {
    if (path.indexOf('\0') >= 0) {
      return null;
    }
    if ("file".equals(folder.getScheme())) {
      Path root = Path.of(folder).normalize();
      Path file = root.resolve(path).normalize();
      return file.startsWith(root) && !file.equals(root) ? JobFiles.uri(file.toString()) : null;
    }
    if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
      return null;
    }
    return new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(folder), path).toUri();
  }

  private static boolean stands(URI file) {
    return "file".equals(file.getScheme())
        && Files.exists(Path.of(file), LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(Path.of(file));
  }

  private static long length(URI file) throws IOException {
    if ("file".equals(file.getScheme())) {
      Path path = Path.of(file);
      return Files.isRegularFile(path) ? Files.size(path) : -1;
    }
    try (ReadAt there = JobFiles.readAt(file)) {
      return there.length();
    } catch (FileNotFoundException | NoSuchFileException notThere) {
      return -1;
    }
  }

  /** Whatever the CSV file does not name is left out, pictures or not. */
  private static final class Others implements Sink {
    private long count;

    @Override
    public void entry(Entry entry) {}

    @Override
    public void reject(Reject reject) {
      count++;
    }

    @Override
    public void leftOut(long pictures) {}

    @Override
    public void ignored(long files) {}
  }
}
