package io.millrace.jobs.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
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

/** Finds the batches of a CIFAR-10 folder, archive or file, and what else lies there. */
final class Cifar10Listing {
  private static final List<String> OFFICIAL_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final String NAMES_FILE = "batches.meta.txt";
  private static final Set<String> DEFINED =
      Set.of(NAMES_FILE, "readme.html", ArtifactManifest.FILE);
  private static final String UNPACKED = "cifar-10-batches-bin";
  private static final String BATCH = ".bin";
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");

  /** How much smaller the official archive is than its contents, rounded up. */
  private static final double INFLATION = 1.2;

  private final URI path;
  private final Optional<Split> split;
  private final URI inflated;
  private final List<Part> parts = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();
  private final StringBuilder given = new StringBuilder();
  private List<String> names = OFFICIAL_NAMES;
  private long ignored;

  Cifar10Listing(URI path, Optional<Split> split, URI inflated) {
    this.path = path;
    this.split = split;
    this.inflated = inflated;
  }

  Contents contents() throws IOException {
    Path place = new Path(path);
    FileStatus status = GivenFiles.status(place);
    if (status.isDirectory()) {
      folder(place);
    } else {
      note(status);
      file(new Inflated.Entry(path, place.getName(), ""));
    }
    parts.sort(Comparator.comparing(Part::split).thenComparing(Part::name));
    refuseDuplicates();
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", "cifar10");
    description.put("path", JobFiles.shown(path));
    description.put("fingerprint", Digests.of(given.toString()));
    return new Contents(
        names, parts, rejects, ignored, description, new Cifar10Reader(names.size()));
  }

  static long estimatedBytes(URI path) {
    try {
      Path place = new Path(path);
      FileStatus status = JobFiles.fileSystem(place).getFileStatus(place);
      if (status.isDirectory()) {
        long sum = 0;
        for (FileStatus file : JobFiles.fileSystem(place).listStatus(place)) {
          sum += estimatedBytes(file.getPath().toUri());
        }
        return sum;
      }
      String name = place.getName();
      double inflation = Inflated.isGzip(name) ? INFLATION : 1;
      // What must be unpacked stands on disk twice for a while: unpacked, and as shards.
      boolean twice = Inflated.isGzip(name) || Inflated.isArchive(name);
      return (long) ((twice ? 2 : 1) * inflation * status.getLen());
    } catch (IOException unknown) {
      return 0;
    }
  }

  private URI unpackedInto(String archive) {
    return URI.create(inflated + (inflated.toString().endsWith("/") ? "" : "/") + digest(archive));
  }

  private static String digest(String archive) {
    // A name may hold what a URI may not.
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

  private void folder(Path folder) throws IOException {
    FileStatus[] entries = GivenFiles.list(folder);
    Arrays.sort(entries, Comparator.comparing(entry -> entry.getPath().getName()));
    Path unpacked = new Path(folder, UNPACKED);
    boolean batchesBelow =
        Arrays.stream(entries).anyMatch(e -> e.isDirectory() && e.getPath().equals(unpacked))
            && Arrays.stream(entries).noneMatch(e -> e.getPath().getName().endsWith(BATCH));
    if (batchesBelow) {
      ignored += entries.length - 1L;
      folder(unpacked);
      return;
    }
    for (FileStatus entry : entries) {
      if (entry.isDirectory()) {
        ignored++;
      } else {
        note(entry);
        file(new Inflated.Entry(entry.getPath().toUri(), entry.getPath().getName(), ""));
      }
    }
  }

  /** Adds a file to the fingerprint of what was read. */
  private void note(FileStatus file) {
    given.append(file.getPath().getName()).append('\0').append(file.getLen()).append('\0');
    given.append(file.getModificationTime()).append('\n');
  }

  private void file(Inflated.Entry file) throws IOException {
    String name = file.name();
    if (name.endsWith(BATCH)) {
      batch(file);
    } else if (!file.cut().isEmpty()) {
      // Whatever it is itself: what came after it in its archive is lost.
      rejects.add(new Reject(name, shown(file), file.cut(), length(file)));
    } else if (name.equals(NAMES_FILE)) {
      names = names(file.file());
      ignored++;
    } else if (DEFINED.contains(name)) {
      ignored++;
    } else if (Inflated.isArchive(name) || name.endsWith(BATCH + ".gz")) {
      archive(file);
    } else {
      rejects.add(new Reject(name, shown(file), "not a CIFAR-10 batch (.bin)", length(file)));
    }
  }

  private void archive(Inflated.Entry archive) throws IOException {
    Inflated unpacked = Inflated.of(archive.file(), unpackedInto(archive.name()));
    for (Inflated.Entry entry : unpacked.files()) {
      file(entry);
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
    // Opened now, so that what can't be read is said before any work starts.
    GivenFiles.open(batch).close();
    long bytes = length(file);
    long records = bytes / Cifar10Reader.RECORD;
    long tail = bytes % Cifar10Reader.RECORD;
    String name = file.name().substring(0, file.name().length() - BATCH.length());
    if (records > 0) {
      parts.add(new Part(file.file(), name, splitOf(name), records));
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

  private Split splitOf(String name) {
    return split.orElseGet(
        () -> {
          // Whole words: "latest" is no test.
          List<String> words = List.of(name.toLowerCase(Locale.ROOT).split("[^a-z]+", -1));
          if (words.contains("test")) {
            return Split.TEST;
          }
          return Collections.disjoint(words, VALIDATION) ? Split.TRAIN : Split.VAL;
        });
  }

  /** Files out of an archive are named by the archive: the unpacked copy will be gone. */
  private String shown(Inflated.Entry file) {
    String here = file.file().toString();
    return here.startsWith(inflated.toString())
        ? JobFiles.shown(path) + "!" + file.name()
        : JobFiles.shown(file.file());
  }

  private static List<String> names(URI file) throws IOException {
    try (InputStream in = GivenFiles.open(new Path(file))) {
      List<String> lines =
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (lines.size() != OFFICIAL_NAMES.size()) {
        throw new CannotException(
            "read " + JobFiles.shown(file),
            "it names "
                + lines.size()
                + " classes, CIFAR-10 has "
                + OFFICIAL_NAMES.size()
                + "; mend or remove it");
      }
      return lines;
    }
  }
}
