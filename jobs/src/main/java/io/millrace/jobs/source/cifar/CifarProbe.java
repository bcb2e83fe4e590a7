package io.millrace.jobs.source.cifar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.jobs.container.Pickle;
import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.source.Inflated;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognises a member of the CIFAR family: each record begins with labels in their range. */
abstract class CifarProbe implements SourceProbe {
  /** Files of a folder that are opened, at most. */
  private static final int OPENED = 8;

  /** So many valid labels in a row are enough, even if the length does not fit. */
  private static final int SURE = 8;

  /** Where the first key of a pickled dictionary ends, at the latest. */
  private static final int FIRST_KEY = 64;

  private static final List<String> FIRST_KEYS = List.of("data", "label", "filenames");

  private final String format;
  private final String unpacked;
  private final String python;
  private final List<String> batches;
  private final Map<String, String> keys;
  private final String title;
  private final int[] labels;

  /**
   * @param unpacked the folder that the official archive holds
   * @param python the folder that the archive for Python holds
   * @param batches that the archives hold
   * @param keys that the source needs
   * @param title for a person
   * @param labels how many values each label byte of a record has
   */
  CifarProbe(
      String format,
      String unpacked,
      String python,
      List<String> batches,
      Map<String, String> keys,
      String title,
      int... labels) {
    this.format = format;
    this.unpacked = unpacked;
    this.python = python;
    this.batches = batches;
    this.keys = keys;
    this.title = title;
    this.labels = labels;
  }

  @Override
  public Optional<Recognition> in(PathProbe probe) throws IOException {
    return found(probe)
        .map(what -> new Recognition(format, probe.place(), keys, title + ": " + what));
  }

  private Optional<String> found(PathProbe probe) throws IOException {
    if (!probe.isFolder()) {
      return file(probe);
    }
    Optional<FolderEntry> inner = CifarListing.unpackedIn(probe.entries(), unpacked, python);
    if (inner.isPresent()) {
      return found(PathProbe.at(inner.get()));
    }
    int opened = 0;
    for (FolderEntry entry : probe.entries()) {
      if (entry.kind() == FolderEntry.Kind.FILE
          && (CifarListing.isBatchOrArchive(entry.name()) || batches.contains(entry.name()))
          && opened++ < OPENED
          && file(PathProbe.at(entry)).isPresent()) {
        return Optional.of(
            Inflated.isArchive(entry.name())
                ? "a folder that holds its archive"
                : "a folder of batches");
      }
    }
    return Optional.empty();
  }

  private Optional<String> file(PathProbe file) throws IOException {
    if (Inflated.isArchive(file.name())) {
      for (PathProbe.Packed packed : file.packed()) {
        if (CifarListing.isBatchOrArchive(packed.name()) && fits(packed.head(), packed.length())) {
          return Optional.of("its archive");
        }
        if (isPickled(packed.name().replaceFirst(".*/", ""), packed.head())) {
          return Optional.of("its archive for Python");
        }
      }
      return Optional.empty();
    }
    if (batches.contains(file.name()) && isPickled(file.name(), file.head())) {
      return Optional.of("a batch for Python");
    }
    if (!CifarListing.isBatchOrArchive(file.name())) {
      return Optional.empty();
    }
    byte[] head = file.head();
    // The length of a compressed file's contents is unknown.
    long length = Inflated.isGzip(file.name()) ? head.length : file.length();
    return fits(head, length) ? Optional.of("one batch") : Optional.empty();
  }

  /** A pickle under a batch's name, whose first key is one that batches have. */
  private boolean isPickled(String name, byte[] head) {
    if (!batches.contains(name) || !Pickle.begins(head)) {
      return false;
    }
    String first = new String(head, 0, Math.min(FIRST_KEY, head.length), ISO_8859_1);
    return FIRST_KEYS.stream().anyMatch(first::contains);
  }

  private boolean fits(byte[] head, long length) {
    int record = labels.length + CifarLayout.PIXELS;
    int records = head.length / record;
    for (int i = 0; i < records; i++) {
      for (int label = 0; label < labels.length; label++) {
        if ((head[i * record + label] & 0xFF) >= labels[label]) {
          return false;
        }
      }
    }
    return records >= SURE || (records > 0 && length % record == 0);
  }
}
