package io.millrace.jobs.source.cifar;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
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
import io.millrace.jobs.source.SystemFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds the batches of a CIFAR folder, archive or file, and all other files. */
final class CifarListing {
  /** Files of any member of the family. */
  private static final Set<String> DEFINED =
      Set.of(
          "batches.meta.txt",
          "fine_label_names.txt",
          "coarse_label_names.txt",
          "readme.html",
          "file.txt~",
          ArtifactManifest.FILE);

  private static final String BATCH = ".bin";
  private static final Set<String> TRAINING = Set.of("train", "training", "data");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

  private final CifarLayout layout;
  private final URI path;
  private final Optional<Split> split;
  private final URI inflated;
  private final List<Part> parts = new ArrayList<>();

  /** The names of files in archives, which have no folders here. */
  private final List<String> packed = new ArrayList<>();

  private final List<Reject> rejects = new ArrayList<>();
  private List<String> names;
  private final LeaveOut leaveOut;
  private final PassedOver passedOver;

  CifarListing(
      CifarLayout layout, URI path, Optional<Split> split, URI inflated, LeaveOut leaveOut) {
    this.layout = layout;
    this.names = layout.officialNames();
    this.path = path;
    this.split = split;
    this.inflated = inflated;
    this.leaveOut = leaveOut;
    this.passedOver = new PassedOver(path, leaveOut);
  }

  Contents contents() throws IOException {
    Path place = new Path(path);
    FileStatus status = GivenFiles.status(place);
    if (status.isDirectory()) {
      leaveOut.requireThere(List.of(path));
      folder(place, "");
    } else {
      file(new Inflated.Entry(path, place.getName(), ""));
      leaveOut.requireAmong(packed, path);
    }
    parts.sort(Comparator.comparing(Part::split).thenComparing(Part::name));
    refuseDuplicates();
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", layout.format());
    description.put("path", JobFiles.shown(path));
    rejects.addAll(passedOver.rejects());
    return new Contents(
        Classes.named(names),
        parts,
        rejects,
        passedOver.ignored(),
        passedOver.leftOut(),
        missing(!status.isDirectory() && !Inflated.isArchive(place.getName())),
        description,
        new CifarLister(layout, names.size()));
  }

  private URI unpackedInto(String archive) {
    return URI.create(inflated + (inflated.toString().endsWith("/") ? "" : "/") + digest(archive));
  }

  private static String digest(String archive) {
    // A name may have characters that are not allowed in a URI.
    return Digests.of(archive).substring(0, 12);
  }

  private void refuseDuplicates() {
    Set<String> seen = new HashSet<>();
    for (Part part : parts) {
      if (!seen.add(part.name())) {
        throw new CannotException(
            "read " + JobFiles.shown(path),
            "two batches are both called " + part.name() + "; remove one of them");
      }
    }
  }

  /** The folder that the official archive holds, if no batch is beside it. */
  static Optional<FolderEntry> unpackedIn(
      List<FolderEntry> entries, String unpacked, String python) {
    if (entries.stream().anyMatch(entry -> entry.name().endsWith(BATCH))) {
      return Optional.empty();
    }
    Optional<FolderEntry> binary = folder(entries, unpacked);
    return binary.isPresent() ? binary : folder(entries, python);
  }

  private static Optional<FolderEntry> folder(List<FolderEntry> entries, String name) {
    return entries.stream()
        .filter(entry -> entry.isFolder() && entry.name().equals(name))
        .findFirst();
  }

  static boolean isBatchOrArchive(String name) {
    return name.endsWith(BATCH) || name.endsWith(BATCH + ".gz") || Inflated.isArchive(name);
  }

  private void folder(Path folder, String name) throws IOException {
    List<FolderEntry> entries = passedOver.entries(folder.toUri(), name);
    Optional<FolderEntry> unpacked =
        unpackedIn(entries, layout.unpacked(), layout.python().unpacked());
    if (unpacked.isPresent()) {
      for (FolderEntry entry : entries) {
        if (!entry.equals(unpacked.get())) {
          passedOver.beside(entry, entry.name(), unpacked.get().name());
        }
      }
      folder(new Path(unpacked.get().uri()), unpacked.get().name());
      return;
    }
    for (FolderEntry entry : entries) {
      String path = PassedOver.below(name, entry.name());
      switch (entry.kind()) {
        case FOLDER, CLOSED -> passedOver.beside(entry, path, "the batches");
        case FILE -> file(new Inflated.Entry(entry.uri(), entry.name(), ""));
        case OTHER ->
            rejects.add(new Reject(entry.name(), JobFiles.shown(entry.uri()), entry.problem(), 0));
      }
    }
  }

  private void file(Inflated.Entry file) throws IOException {
    String name = file.name();
    if (SystemFiles.is(name, false)) {
      // From an archive; those of a folder were ignored when it was listed.
      passedOver.system(name);
    } else if (name.endsWith(BATCH)) {
      batch(file);
    } else if (isPickle(file)) {
      pickle(file);
    } else if (!file.cut().isEmpty()) {
      // A reject whatever it is, since all files after it in the archive are lost.
      rejects.add(new Reject(name, shown(file), file.cut(), length(file)));
    } else if (name.equals(layout.namesFile())) {
      names = CifarNames.of(file.file(), shown(file), layout);
      passedOver.format(name, 1);
    } else if (DEFINED.contains(name)) {
      passedOver.format(name, 1);
    } else if (isBatchOrArchive(name)) {
      archive(file);
    } else {
      rejects.add(
          new Reject(
              name, shown(file), "not a CIFAR batch (.bin, or a pickle for Python)", length(file)));
    }
  }

  private void archive(Inflated.Entry archive) throws IOException {
    Inflated unpacked = Inflated.of(archive.file(), unpackedInto(archive.name()));
    for (Inflated.Entry entry : unpacked.files()) {
      packed.add(entry.name());
      if (leaveOut.has(entry.name())) {
        passedOver.leaveOut(1);
      } else {
        file(entry);
      }
    }
    if (!unpacked.damage().isEmpty()) {
      rejects.add(new Reject(archive.name(), shown(archive), unpacked.damage(), length(archive)));
    }
  }

  private static long length(Inflated.Entry file) throws IOException {
    return GivenFiles.status(new Path(file.file())).getLen();
  }

  private void batch(Inflated.Entry file) throws IOException {
    Path batch = new Path(file.file());
    // Opened now, so that a file that can't be read fails before any work starts.
    GivenFiles.open(batch).close();
    long bytes = length(file);
    long records = bytes / layout.record();
    long tail = bytes % layout.record();
    String name = file.name().substring(0, file.name().length() - BATCH.length());
    Optional<Split> named = splitOf(name);
    if (records > 0) {
      Split whole = named.or(() -> split).orElse(Split.TRAIN);
      long length = records * layout.record();
      parts.add(new Part(file.file(), name, whole, Entry.NO_LABEL, 0, length));
    }
    String id = name + "#" + records;
    if (!file.cut().isEmpty()) {
      rejects.add(new Reject(id, shown(file), file.cut(), tail));
    } else if (bytes == 0) {
      rejects.add(new Reject(id, shown(file), "empty file", 0));
    } else if (tail > 0) {
      String reason = "no whole record at the end of the file";
      rejects.add(new Reject(id, shown(file), reason, tail));
    }
  }

  /** The split that a batch's name tells. */
  private static Optional<Split> splitOf(String name) {
    // Whole words only: "latest" does not contain "test".
    List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("[^a-z]+", -1));
    if (words.contains("test")) {
      return Optional.of(Split.TEST);
    }
    if (!Collections.disjoint(words, VALIDATION)) {
      return Optional.of(Split.VAL);
    }
    return Collections.disjoint(words, TRAINING) ? Optional.empty() : Optional.of(Split.TRAIN);
  }

  /** Files from an archive are named by the archive, since the unpacked copy will be removed. */
  private String shown(Inflated.Entry file) {
    String here = file.file().toString();
    return here.startsWith(inflated.toString())
        ? JobFiles.shown(path) + "!" + file.name()
        : JobFiles.shown(file.file());
  }

  private boolean isPickle(Inflated.Entry file) throws IOException {
    return !DEFINED.contains(file.name())
        && !isBatchOrArchive(file.name())
        && PickledBatch.isOne(file.file());
  }

  /**
   * Converts a pickle to a batch of the binary version, so that its pictures can be read in parts.
   */
  private void pickle(Inflated.Entry file) throws IOException {
    PickledBatch pickle = PickledBatch.read(file.file(), shown(file), layout);
    List<String> told = pickle.names();
    if (!told.isEmpty()) {
      names = CifarNames.right(told, shown(file), layout);
    }
    String name = file.name().replaceFirst("\\.(pkl|pickle|p)$", "");
    if (!told.isEmpty() || name.equals(layout.python().namesFile())) {
      passedOver.format(file.name(), 1);
      return;
    }
    JobFiles records = JobFiles.in(unpackedInto(file.name() + " as records"));
    try (OutputStream out = records.create(name + BATCH)) {
      pickle.writeRecords(out);
    }
    batch(new Inflated.Entry(records.path(name + BATCH).toUri(), name + BATCH, ""));
  }

  /** A sentence on missing official batches; none if the source is one file. */
  private List<String> missing(boolean alone) {
    List<String> there = parts.stream().map(Part::name).toList();
    List<String> missing =
        layout.batches().stream()
            .filter(batch -> !there.contains(batch))
            .filter(batch -> leaveOut.paths().stream().noneMatch(it -> it.contains(batch)))
            .toList();
    if (alone || missing.isEmpty() || missing.size() == layout.batches().size()) {
      return List.of();
    }
    return List.of(
        "Of the %d batches of %s these are not there: %s."
            .formatted(layout.batches().size(), layout.format(), String.join(", ", missing)));
  }
}
