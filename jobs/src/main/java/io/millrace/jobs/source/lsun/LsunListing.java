package io.millrace.jobs.source.lsun;

import io.millrace.jobs.container.DamagedException;
import io.millrace.jobs.container.LmdbFile;
import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Finds LMDB files, and their category and split in the folders' names. */
final class LsunListing {
  static final String DATA = "data.mdb";
  private static final String LOCK = "lock.mdb";
  static final String MDB = ".mdb";

  private static final String SUFFIX = "_lmdb";

  private final List<Location> places;
  private final Optional<Split> split;
  private final List<Found> found = new ArrayList<>();
  private final LeaveOut leaveOut;
  private final IgnoredFiles ignored = new IgnoredFiles();
  private final List<Reject> rejects = new ArrayList<>();
  private long leftOut;

  LsunListing(List<Location> places, Optional<Split> split, LeaveOut leaveOut) {
    this.places = places;
    this.split = split;
    this.leaveOut = leaveOut;
  }

  private record Found(URI data, String folder, String category, Split split, long length) {}

  Contents contents() throws IOException {
    List<URI> roots = places.stream().map(place -> JobFiles.uri(place.text())).toList();
    leaveOut.requireThere(roots);
    for (URI root : roots) {
      PassedOver passedOver = new PassedOver(root, leaveOut);
      place(root, passedOver);
      ignored.add(passedOver.ignored());
      leftOut += passedOver.leftOut();
      rejects.addAll(passedOver.rejects());
    }
    List<String> classes =
        List.copyOf(
            found.stream().map(Found::category).collect(Collectors.toCollection(TreeSet::new)));
    List<Part> parts = new ArrayList<>();
    for (Found one : found) {
      check(one);
      parts.add(
          new Part(
              one.data(),
              one.folder(),
              one.split(),
              classes.indexOf(one.category()),
              0,
              one.length()));
    }
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", "lsun");
    description.put(
        "path",
        places.stream()
            .map(place -> JobFiles.shown(JobFiles.uri(place.text())))
            .collect(Collectors.joining(", ")));
    return new Contents(
        Classes.named(classes),
        parts,
        rejects,
        ignored,
        leftOut,
        List.of(),
        description,
        new LmdbLister());
  }

  private void place(URI uri, PassedOver passedOver) throws IOException {
    Path path = new Path(uri);
    if (!GivenFiles.status(path).isDirectory()) {
      Path folder = path.getParent();
      found.add(of(uri, folder.getName(), GivenFiles.status(path).getLen()));
      return;
    }
    List<FolderEntry> entries = passedOver.entries(uri, "");
    int before = found.size();
    if (!lmdb(path.getName(), "", entries, passedOver)) {
      for (FolderEntry entry : entries) {
        List<FolderEntry> inside =
            entry.isFolder() ? passedOver.entries(entry.uri(), entry.name()) : List.of();
        if (!lmdb(entry.name(), entry.name() + "/", inside, passedOver)) {
          passedOver.forget(entry.name());
          passedOver.beside(entry, entry.name(), "the LMDB folders");
        }
      }
    }
    if (found.size() == before) {
      throw new CannotException(
          "read " + JobFiles.shown(uri),
          "there is no "
              + DATA
              + " in it; give the folder that LSUN's zip holds, e.g. bedroom_train_lmdb");
    }
  }

  /** Adds a folder if it is an LMDB. */
  private boolean lmdb(String name, String prefix, List<FolderEntry> entries, PassedOver passedOver)
      throws IOException {
    Optional<FolderEntry> data = entries.stream().filter(LsunListing::isData).findFirst();
    if (data.isEmpty()) {
      return false;
    }
    for (FolderEntry entry : entries) {
      if (entry.name().equals(LOCK)) {
        passedOver.format(prefix + LOCK, 1);
      } else if (!entry.equals(data.get())) {
        passedOver.beside(entry, prefix + entry.name(), DATA);
      }
    }
    found.add(of(data.get().uri(), name, data.get().length()));
    return true;
  }

  static boolean isData(FolderEntry entry) {
    return entry.kind() == FolderEntry.Kind.FILE && entry.name().equals(DATA);
  }

  private Found of(URI data, String folder, long length) {
    String rest =
        folder.endsWith(SUFFIX) ? folder.substring(0, folder.length() - SUFFIX.length()) : folder;
    if (rest.endsWith("_train")) {
      return new Found(data, folder, cut(rest, "_train"), Split.TRAIN, length);
    }
    if (rest.endsWith("_val")) {
      return new Found(data, folder, cut(rest, "_val"), Split.VAL, length);
    }
    return new Found(data, folder, rest, split.orElse(Split.TRAIN), length);
  }

  private static String cut(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }

  /** Refuses a file that is not LMDB or is incomplete, before any work starts. */
  private static void check(Found one) throws IOException {
    GivenFiles.open(new Path(one.data())).close();
    try (ReadAt file = JobFiles.readAt(one.data())) {
      LmdbFile.open(file);
    } catch (DamagedException e) {
      throw new CannotException(
          "read " + JobFiles.shown(one.data()), e.getMessage() + "; fetch or copy it again", e);
    }
  }
}
