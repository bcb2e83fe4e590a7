package io.millrace.jobs.source.imagenet;

import io.millrace.jobs.container.TarIndex;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.IgnoredFiles.Kind;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PictureFolder;
import io.millrace.jobs.source.SplitNames;
import io.millrace.jobs.source.SystemFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists folders of pictures and tars.
 *
 * @param truth label numbers of flat pictures, by their names without extension
 * @param synsets by label number
 */
record ImageNetLister(Map<String, Integer> truth, List<String> synsets, LeaveOut leaveOut)
    implements Lister {
  private static final String TAR = ".tar";

  @Override
  public void list(Part part, Sink sink) throws IOException {
    if (part.offset() == Part.FOLDER) {
      new PictureFolder(part.file(), part.name(), leaveOut)
          .visit(
              (id, file) -> {
                if (isDefined(part, file.name())) {
                  sink.ignored(Kind.FORMAT, id, 1);
                } else {
                  int label = label(part, id);
                  sink.entry(Entry.encoded(id, part.split(), label, file.uri(), 0, file.length()));
                }
              },
              sink);
      return;
    }
    try (ReadAt file = JobFiles.readAt(part.file())) {
      TarIndex.scan(file, part.offset(), part.length(), new Tar(part, sink));
    }
  }

  private final class Tar implements TarIndex.Visitor {
    private final Part part;
    private final Sink sink;

    Tar(Part part, Sink sink) {
      this.part = part;
      this.sink = sink;
    }

    @Override
    public void file(String name, long offset, long length) throws IOException {
      // A name from an archive becomes an id, never a path.
      String id = part.name().isEmpty() ? name : part.name() + "/" + name;
      if (leaveOut.hasIn(id)) {
        sink.leftOut(1);
      } else if (SystemFiles.inPath(name)) {
        sink.ignored(Kind.SYSTEM, id, 1);
      } else if (ImageNetFacts.isDefined(name.substring(name.lastIndexOf('/') + 1))) {
        sink.ignored(Kind.FORMAT, id, 1);
      } else {
        Split split = splitOf(name).orElse(part.split());
        sink.entry(Entry.encoded(id, split, label(part, id), part.file(), offset, length));
      }
    }

    @Override
    public void damaged(String reason, long bytes) {
      String id = part.name().isEmpty() ? "(archive)" : part.name() + TAR;
      sink.reject(new Reject(id, JobFiles.shown(part.file()), reason, bytes));
    }
  }

  private int label(Part part, String id) {
    if (part.label() != Entry.NO_LABEL) {
      return part.label();
    }
    Optional<String> synset = synsetOf(id);
    if (synset.isPresent()) {
      return synsets.indexOf(synset.get());
    }
    String name = id.substring(id.lastIndexOf('/') + 1);
    return truth.getOrDefault(ImageNetFacts.stem(name), Entry.NO_LABEL);
  }

  /** The split in a path of an archive, which may hold several splits. */
  private static Optional<Split> splitOf(String path) {
    String[] folders = path.split("/", -1);
    for (int i = 0; i < folders.length - 1; i++) {
      Optional<Split> told = SplitNames.of(folders[i]);
      if (told.isPresent()) {
        return told;
      }
    }
    return Optional.empty();
  }

  /** The nearest folder of a path that is a synset. */
  static Optional<String> synsetOf(String path) {
    String[] folders = path.split("/", -1);
    for (int i = folders.length - 2; i >= 0; i--) {
      if (ImageNetFacts.SYNSET.matcher(folders[i]).matches()) {
        return Optional.of(folders[i]);
      }
    }
    return Optional.empty();
  }

  /** A synset's folder contains no lists of the whole set, but may contain boxes. */
  private static boolean isDefined(Part part, String name) {
    return part.label() == Entry.NO_LABEL
        ? ImageNetFacts.isDefined(name)
        : ImageNetFacts.isBoxes(name);
  }
}
