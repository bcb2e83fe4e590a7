package io.millrace.jobs.source.idx;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.Inflated;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Pairs the files of pictures and of labels in a folder. */
final class IdxListing {
  private static final String GZIP = ".gz";
  private static final int LABELS_AT_ONCE = 1 << 20;

  private final URI path;
  private final Optional<Split> split;
  private final List<String> classNames;
  private final URI inflated;
  private final Map<String, IdxFile> pictures = new TreeMap<>();
  private final Map<String, IdxFile> labels = new TreeMap<>();
  private final List<Reject> rejects = new ArrayList<>();
  private final LeaveOut leaveOut;
  private final PassedOver passedOver;

  IdxListing(
      URI path, Optional<Split> split, List<String> classNames, URI inflated, LeaveOut leaveOut) {
    this.path = path;
    this.split = split;
    this.classNames = classNames;
    this.inflated = inflated;
    this.leaveOut = leaveOut;
    this.passedOver = new PassedOver(path, leaveOut);
  }

  Contents contents() throws IOException {
    Path place = new Path(path);
    if (GivenFiles.status(place).isDirectory()) {
      leaveOut.requireThere(List.of(path));
      for (FolderEntry entry : passedOver.entries(path, "")) {
        look(entry);
      }
    } else {
      leaveOut.requireAmong(List.of(), path);
      alone(place);
    }
    List<Part> parts = new ArrayList<>();
    Map<String, IdxLister.Pair> pairs = new LinkedHashMap<>();
    for (Map.Entry<String, IdxFile> entry : pictures.entrySet()) {
      String name = entry.getKey();
      IdxFile file = entry.getValue();
      Split own = splitOf(name).or(() -> split).orElse(Split.TRAIN);
      parts.add(new Part(file.file(), name, own, Entry.NO_LABEL, 0, file.length()));
      pairs.put(name, new IdxLister.Pair(file.file(), labels(name).file()));
    }
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", "idx");
    description.put("path", JobFiles.shown(path));
    rejects.addAll(passedOver.rejects());
    List<String> names = names();
    return new Contents(
        Classes.named(names),
        parts,
        rejects,
        passedOver.ignored(),
        passedOver.leftOut(),
        List.of(),
        description,
        new IdxLister(pairs, names.size()));
  }

  private IdxFile labels(String name) {
    IdxFile found = labels.get(name);
    if (found == null) {
      Optional<Reject> unusable =
          rejects.stream().filter(it -> key(it.id()).equals(name)).findAny();
      if (unusable.isPresent()) {
        throw new CannotException(
            "read " + JobFiles.shown(path),
            "the labels of "
                + name
                + " can't be read: "
                + unusable.get().id()
                + ": "
                + unusable.get().reason()
                + "; fetch or copy it again");
      }
      throw new CannotException(
          "read " + JobFiles.shown(path),
          "the labels of "
              + name
              + " are not there; put the file "
              + name
              + "-labels-idx1-ubyte (or .gz) beside its pictures");
    }
    return found;
  }

  /** Whether its name is that of such a file. */
  static boolean isNamed(FolderEntry entry) {
    String lower = entry.name().toLowerCase(Locale.ROOT);
    return entry.kind() == FolderEntry.Kind.FILE
        && (lower.contains("idx") || lower.contains("ubyte"));
  }

  private void look(FolderEntry entry) throws IOException {
    if (isNamed(entry)) {
      add(entry.uri(), entry.name(), entry.length());
    } else {
      passedOver.beside(entry, entry.name(), "the idx files");
    }
  }

  /** One file of pictures, with its labels beside it. */
  private void alone(Path file) throws IOException {
    String name = file.getName();
    add(path, name, GivenFiles.status(file).getLen());
    String labelsName = name.replace("images", "labels").replace("idx3", "idx1");
    for (String candidate : List.of(labelsName, labelsName + GZIP, stripped(labelsName))) {
      Path beside = new Path(file.getParent(), candidate);
      if (!candidate.equals(name)
          && labels.isEmpty()
          && JobFiles.fileSystem(beside).exists(beside)) {
        add(beside.toUri(), candidate, GivenFiles.status(beside).getLen());
      }
    }
  }

  private void add(URI file, String name, long length) throws IOException {
    GivenFiles.open(new Path(file)).close();
    URI plain = file;
    String cut = "";
    if (name.toLowerCase(Locale.ROOT).endsWith(GZIP)) {
      URI folder = JobFiles.in(inflated).path(Digests.of(name).substring(0, 12)).toUri();
      Inflated unpacked = Inflated.of(file, folder);
      if (unpacked.files().isEmpty()) {
        rejects.add(new Reject(name, JobFiles.shown(file), unpacked.damage(), length));
        return;
      }
      plain = unpacked.files().get(0).file();
      cut = unpacked.files().get(0).cut();
    }
    Optional<IdxFile> idx = IdxFile.read(plain);
    if (idx.isEmpty()) {
      String why = cut.isEmpty() ? "no idx file" : cut;
      rejects.add(new Reject(name, JobFiles.shown(file), why, length));
      return;
    }
    // Missing items are reported once, when the pictures are listed.
    if (!cut.isEmpty() && idx.get().isWhole()) {
      rejects.add(new Reject(name, JobFiles.shown(file), cut, length));
    }
    Map<String, IdxFile> all = idx.get().isLabels() ? labels : pictures;
    if (idx.get().isLabels()) {
      passedOver.format(name, 1);
    }
    if (all.put(key(name), idx.get()) != null) {
      throw new CannotException(
          "read " + JobFiles.shown(path),
          "two files are both " + stripped(name) + " (one of them gzipped?); remove one of them");
    }
  }

  /** The given names, or the numbers up to the largest label. */
  private List<String> names() throws IOException {
    if (!classNames.isEmpty()) {
      return classNames;
    }
    int largest = -1;
    for (IdxFile file : labels.values()) {
      try (ReadAt in = JobFiles.readAt(file.file())) {
        long end = file.offset() + file.whole();
        for (long at = file.offset(); at < end; at += LABELS_AT_ONCE) {
          for (byte label : in.read(at, (int) Math.min(LABELS_AT_ONCE, end - at))) {
            largest = Math.max(largest, label & 0xFF);
          }
        }
      }
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= largest; i++) {
      names.add(Integer.toString(i));
    }
    return names;
  }

  private static String stripped(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GZIP)
        ? name.substring(0, name.length() - GZIP.length())
        : name;
  }

  /** The common part of a pair's names: {@code train} of {@code train-images-idx3-ubyte.gz}. */
  private static String key(String name) {
    String key = stripped(name).replaceFirst("[-._]?(images|labels)?[-._]?idx[13][-._]ubyte$", "");
    return key.isEmpty() ? "images" : key;
  }

  private static Optional<Split> splitOf(String name) {
    List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1));
    if (words.contains("t10k") || words.contains("test")) {
      return Optional.of(Split.TEST);
    }
    if (words.contains("val") || words.contains("validation")) {
      return Optional.of(Split.VAL);
    }
    return words.contains("train") ? Optional.of(Split.TRAIN) : Optional.empty();
  }
}
