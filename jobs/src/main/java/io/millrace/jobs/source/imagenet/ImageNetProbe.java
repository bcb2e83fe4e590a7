package io.millrace.jobs.source.imagenet;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.source.Inflated;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import io.millrace.jobs.source.SplitNames;
import io.millrace.jobs.source.folder.FolderLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Recognises ImageNet by its synsets' numbers and its archives. */
public final class ImageNetProbe implements SourceProbe {
  private static final Pattern OFFICIAL = Pattern.compile("ILSVRC\\d{4}_\\w+_\\d{8}\\.\\w+");

  /** Files and archives of a folder that are looked at. */
  private static final int LOOKED_AT = 8;

  @Override
  public Optional<Recognition> in(PathProbe probe) throws IOException {
    return found(probe)
        .map(what -> new Recognition("imagenet", probe.place(), Map.of(), "ImageNet: " + what));
  }

  private static Optional<String> found(PathProbe probe) throws IOException {
    if (!probe.isFolder()) {
      return archive(probe);
    }
    for (String below : ImageNetListing.KAGGLE) {
      if (probe.has(below)) {
        Path inner = new Path(new Path(probe.place()), below);
        return found(PathProbe.at(inner.toUri())).map(what -> what + " in " + below);
      }
    }
    List<FolderEntry> entries = probe.entries();
    if (areSynsets(entries)) {
      return Optional.of("synset folders");
    }
    if (areOfficial(entries)) {
      return Optional.of("pictures under their official names");
    }
    for (FolderEntry entry : entries) {
      if (entry.isFolder() && SplitNames.of(entry.name()).isPresent()) {
        List<FolderEntry> inside = PathProbe.at(entry).entries();
        if (areSynsets(inside) || areOfficial(inside)) {
          return Optional.of("split folders of synsets");
        }
      }
    }
    return archived(entries);
  }

  private static Optional<String> archived(List<FolderEntry> entries) throws IOException {
    int opened = 0;
    for (FolderEntry entry : entries) {
      if (entry.kind() == FolderEntry.Kind.FILE
          && Inflated.isArchive(entry.name())
          && opened++ < LOOKED_AT
          && archive(PathProbe.at(entry)).isPresent()) {
        return Optional.of("a folder of its archives");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> archive(PathProbe probe) throws IOException {
    for (PathProbe.Packed packed : probe.packed()) {
      String name = packed.name().substring(packed.name().lastIndexOf('/') + 1);
      if (ImageNetListing.synsetOfTar(name).isPresent()) {
        return Optional.of("an archive of an archive for each synset");
      }
      if (ImageNetLister.synsetOf(packed.name()).isPresent()) {
        return Optional.of("an archive of synset folders");
      }
      if (FileForm.of(packed.head()).isPresent()) {
        return Optional.of("an archive of pictures");
      }
    }
    return Optional.empty();
  }

  private static boolean areSynsets(List<FolderEntry> entries) {
    List<FolderEntry> folders = entries.stream().filter(FolderLayout::isPlace).toList();
    return !folders.isEmpty() && folders.stream().allMatch(ImageNetListing::isSynset);
  }

  private static boolean areOfficial(List<FolderEntry> entries) {
    return entries.stream().noneMatch(FolderEntry::isFolder)
        && entries.stream().limit(LOOKED_AT).anyMatch(it -> OFFICIAL.matcher(it.name()).matches());
  }
}
