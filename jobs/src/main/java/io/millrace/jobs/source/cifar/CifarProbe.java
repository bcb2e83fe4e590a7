package io.millrace.jobs.source.cifar;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.source.Inflated;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Recognises a member of the CIFAR family: each record begins with labels in their range. */
abstract class CifarProbe implements SourceProbe {
  /** Files of a folder that are opened, at most. */
  private static final int OPENED = 8;

  /** So many right labels in a row are no chance, whatever the length says. */
  private static final int SURE = 8;

  private final String format;
  private final String unpacked;
  private final Map<String, String> keys;
  private final String title;
  private final int[] labels;

  /**
   * @param unpacked the folder that the official archive holds
   * @param keys that the source needs
   * @param title for a person
   * @param labels how many values each label byte of a record has
   */
  CifarProbe(
      String format, String unpacked, Map<String, String> keys, String title, int... labels) {
    this.format = format;
    this.unpacked = unpacked;
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
    Optional<FolderEntry> inner = CifarListing.unpackedIn(probe.entries(), unpacked);
    if (inner.isPresent()) {
      return found(PathProbe.at(inner.get()));
    }
    int opened = 0;
    for (FolderEntry entry : probe.entries()) {
      if (entry.kind() == FolderEntry.Kind.FILE
          && CifarListing.isBatchOrArchive(entry.name())
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
      }
      return Optional.empty();
    }
    if (!CifarListing.isBatchOrArchive(file.name())) {
      return Optional.empty();
    }
    byte[] head = file.head();
    // How long a compressed file's contents are is not known.
    long length = Inflated.isGzip(file.name()) ? head.length : file.length();
    return fits(head, length) ? Optional.of("one batch") : Optional.empty();
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
