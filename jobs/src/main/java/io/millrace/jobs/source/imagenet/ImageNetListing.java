package io.millrace.jobs.source.imagenet;

import io.millrace.jobs.container.TarIndex;
import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.Inflated;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
import io.millrace.jobs.source.SplitNames;
import io.millrace.jobs.source.SystemFiles;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/** Finds out in which of its layouts ImageNet is there. */
final class ImageNetListing {
  static final List<String> KAGGLE = List.of("ILSVRC/Data/CLS-LOC", "Data/CLS-LOC");
  private static final String TAR = ".tar";

  private final URI root;
  private final Optional<Split> split;
  private final URI inflated;
  private final List<Piece> pieces = new ArrayList<>();
  private final TreeSet<String> synsets = new TreeSet<>();

  /** Files of archives that the user does not want. */
  private final List<String> leftOut = new ArrayList<>();

  private final List<Reject> rejects = new ArrayList<>();
  private final LeaveOut leaveOut;
  private final PassedOver passedOver;

  ImageNetListing(URI root, Optional<Split> split, URI inflated, LeaveOut leaveOut) {
    this.root = root;
    this.split = split;
    this.inflated = inflated;
    this.leaveOut = leaveOut;
    this.passedOver = new PassedOver(root, leaveOut);
  }

  /** A part whose class has no number yet. */
  private record Piece(
      URI file, String name, Split split, String synset, long offset, long length) {}

  Contents contents() throws IOException {
    Path place = new Path(root);
    boolean folder = GivenFiles.status(place).isDirectory();
    if (folder) {
      leaveOut.requireThere(List.of(root));
      folder(root);
    } else {
      archive(root, place.getName());
      requireLeftOutThere();
    }
    ImageNetFacts facts = new ImageNetFacts(root, folder);
    boolean flat =
        pieces.stream().anyMatch(piece -> piece.synset().isEmpty() && piece.split() != Split.TEST);
    Map<String, String> truth = flat ? facts.truth(synsets) : Map.of();
    synsets.addAll(truth.values());
    List<String> sorted = List.copyOf(synsets);
    Map<String, Integer> labels = new TreeMap<>();
    truth.forEach((picture, synset) -> labels.put(picture, sorted.indexOf(synset)));
    List<Part> parts = pieces.stream().map(piece -> part(piece, sorted)).toList();
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", "imagenet");
    description.put("path", JobFiles.shown(root));
    rejects.addAll(passedOver.rejects());
    return new Contents(
        new Classes(names(sorted, facts.names()), sorted),
        parts,
        rejects,
        passedOver.ignored(),
        passedOver.leftOut(),
        List.of(),
        description,
        new ImageNetLister(labels, sorted, leaveOut));
  }

  /** Files of an archive within the archive are not known yet, except for its synset. */
  private void requireLeftOutThere() {
    for (String path : leaveOut.paths()) {
      String first = path.split("/", 2)[0];
      if (pieces.stream().noneMatch(piece -> piece.name().equals(first))) {
        new LeaveOut(List.of(path)).requireAmong(leftOut, root);
      }
    }
  }

  private static Part part(Piece piece, List<String> sorted) {
    return new Part(
        piece.file(),
        piece.name(),
        piece.split(),
        sorted.indexOf(piece.synset()),
        piece.offset(),
        piece.length());
  }

  /** English names; if two synsets have the same name, the synset is added. */
  private static List<String> names(List<String> synsets, Map<String, String> english) {
    Map<String, Integer> uses = new HashMap<>();
    synsets.forEach(synset -> uses.merge(english.getOrDefault(synset, synset), 1, Integer::sum));
    return synsets.stream()
        .map(
            synset -> {
              String name = english.getOrDefault(synset, synset);
              return uses.get(name) > 1 ? name + " (" + synset + ")" : name;
            })
        .toList();
  }

  private void folder(URI folder) throws IOException {
    for (String below : KAGGLE) {
      Path unpacked = new Path(new Path(folder), below);
      if (JobFiles.fileSystem(unpacked).exists(unpacked)) {
        String path = "";
        URI at = folder;
        for (String step : below.split("/", -1)) {
          String next = PassedOver.below(path, step);
          for (FolderEntry entry : passedOver.entries(at, path)) {
            if (!entry.name().equals(step)) {
              passOver(entry, PassedOver.below(path, entry.name()), next);
            }
          }
          path = next;
          at = new Path(new Path(folder), path).toUri();
        }
        layout(unpacked.toUri(), below);
        return;
      }
    }
    layout(folder, "");
  }

  /**
   * @param path of the folder below the source's; empty for the source itself
   */
  private void layout(URI folder, String path) throws IOException {
    List<FolderEntry> entries = passedOver.entries(folder, path);
    if (entries.stream().anyMatch(ImageNetListing::isSynset)
        || entries.stream().noneMatch(ImageNetListing::isKnown)) {
      pictures(entries, folder, path, split.orElse(told(folder)));
      return;
    }
    for (FolderEntry entry : entries) {
      Optional<Split> told = SplitNames.of(entry.name());
      String name = PassedOver.below(path, entry.name());
      if (entry.isFolder() && told.isPresent()) {
        pictures(passedOver.entries(entry.uri(), name), entry.uri(), name, told.get());
      } else if (isArchive(entry)) {
        archive(entry.uri(), entry.name());
      } else {
        passOver(entry, name, "the splits or archives of ImageNet");
      }
    }
  }

  private void passOver(FolderEntry entry, String path, String layout) throws IOException {
    if (ImageNetFacts.isDefined(entry.name())) {
      passedOver.format(path, 1);
    } else {
      passedOver.beside(entry, path, layout);
    }
  }

  /** Synset folders, or pictures alone. */
  private void pictures(List<FolderEntry> entries, URI folder, String path, Split split)
      throws IOException {
    boolean any = entries.stream().anyMatch(ImageNetListing::isSynset);
    if (!any && entries.stream().anyMatch(ImageNetListing::isFlat)) {
      passedOver.forget(path);
      pieces.add(new Piece(folder, path, split, "", Part.FOLDER, 0));
      return;
    }
    for (FolderEntry entry : entries) {
      String name = PassedOver.below(path, entry.name());
      if (isSynset(entry)) {
        synsets.add(entry.name());
        pieces.add(new Piece(entry.uri(), name, split, entry.name(), Part.FOLDER, 0));
      } else if (entry.mayBeFolder() || ImageNetFacts.isDefined(entry.name())) {
        passOver(entry, name, "the folders of synsets");
      } else {
        String why = entry.problem().isEmpty() ? "in no synset's folder" : entry.problem();
        rejects.add(new Reject(name, JobFiles.shown(entry.uri()), why, entry.length()));
      }
    }
  }

  private void archive(URI given, String name) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    GivenFiles.open(new Path(given)).close();
    if (Inflated.isGzip(lower)) {
      Inflated plain =
          Inflated.gunzipped(given, inflated, name.replaceFirst("(?i)\\.(tgz|tar\\.gz)$", TAR));
      boolean told = !plain.files().isEmpty() && index(plain.files().get(0).file(), given, name);
      // An archive that ends early is reported once, where the tar ends.
      if (!plain.damage().isEmpty() && !told) {
        rejects.add(new Reject(name, JobFiles.shown(given), plain.damage(), 0));
      }
      return;
    }
    if (!lower.endsWith(TAR)) {
      throw new CannotException(
          "read " + JobFiles.shown(given),
          "it is not a .tar or .tar.gz; give ImageNet's archive or the folder of its pictures");
    }
    index(given, given, name);
  }

  /**
   * A tar of tars gives a piece for each; any other is one piece.
   *
   * @param given the file that it was inflated from
   * @return whether it is damaged
   */
  private boolean index(URI tar, URI given, String name) throws IOException {
    List<Piece> inner = new ArrayList<>();
    TreeSet<String> inFolders = new TreeSet<>();
    List<Reject> damage = new ArrayList<>();
    List<Reject> loose = new ArrayList<>();
    List<Runnable> passed = new ArrayList<>();
    long length;
    try (ReadAt file = JobFiles.readAt(tar)) {
      length = file.length();
      TarIndex.scan(
          file,
          0,
          length,
          new TarIndex.Visitor() {
            @Override
            public void file(String entry, long offset, long bytes) {
              if (leaveOut.hasIn(entry)) {
                leftOut.add(entry);
                passed.add(() -> passedOver.leaveOut(1));
                return;
              }
              String last = entry.substring(entry.lastIndexOf('/') + 1);
              Optional<String> archived = synsetOfTar(last);
              if (archived.isPresent()) {
                String synset = archived.get();
                inner.add(new Piece(tar, synset, Split.TRAIN, synset, offset, bytes));
              } else {
                if (SystemFiles.inPath(entry)) {
                  passed.add(() -> passedOver.system(entry));
                } else if (ImageNetFacts.isDefined(last)) {
                  passed.add(() -> passedOver.format(entry, 1));
                } else {
                  String why = "no synset's archive";
                  loose.add(new Reject(entry, JobFiles.shown(given), why, bytes));
                }
                ImageNetLister.synsetOf(entry).ifPresent(inFolders::add);
              }
            }

            @Override
            public void damaged(String reason, long bytes) {
              damage.add(new Reject(name, JobFiles.shown(given), reason, bytes));
            }
          });
    }
    if (inner.isEmpty()) {
      synsets.addAll(inFolders);
      Split told = split.orElse(splitOf(name));
      // Its damage is reported when it is listed.
      pieces.add(new Piece(tar, "", told, "", 0, length));
      return !damage.isEmpty();
    }
    inner.forEach(piece -> synsets.add(piece.synset()));
    pieces.addAll(inner);
    rejects.addAll(damage);
    rejects.addAll(loose);
    passed.forEach(Runnable::run);
    return !damage.isEmpty();
  }

  private static Split splitOf(String archive) {
    if (archive.contains("val")) {
      return Split.VAL;
    }
    return archive.contains("test") ? Split.TEST : Split.TRAIN;
  }

  /** The synset in the name of an archive within the archive. */
  static Optional<String> synsetOfTar(String name) {
    return Optional.of(name)
        .filter(it -> it.endsWith(TAR))
        .map(it -> it.substring(0, it.length() - TAR.length()))
        .filter(it -> ImageNetFacts.SYNSET.matcher(it).matches());
  }

  private static Split told(URI folder) {
    return SplitNames.of(new Path(folder).getName()).orElse(Split.TRAIN);
  }

  static boolean isSynset(FolderEntry entry) {
    return entry.isFolder() && ImageNetFacts.SYNSET.matcher(entry.name()).matches();
  }

  /** A file, or the folder of Tiny ImageNet's pictures without synsets. */
  private static boolean isFlat(FolderEntry entry) {
    return entry.kind() == FolderEntry.Kind.FILE
        || (entry.isFolder() && entry.name().equals("images"));
  }

  private static boolean isArchive(FolderEntry entry) {
    return entry.kind() == FolderEntry.Kind.FILE && Inflated.isArchive(entry.name());
  }

  private static boolean isKnown(FolderEntry entry) {
    return isArchive(entry) || (entry.isFolder() && SplitNames.of(entry.name()).isPresent());
  }
}
