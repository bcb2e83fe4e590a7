package io.millrace.jobs.source.idx;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Recognises idx files of pictures, and folders of them. */
public final class IdxProbe implements SourceProbe {
  @Override
  public Optional<Recognition> in(PathProbe probe) throws IOException {
    if (!probe.isFolder()) {
      return pictures(probe).map(file -> recognition(probe, "a file of pictures", file));
    }
    for (FolderEntry entry : probe.entries().stream().filter(IdxListing::isNamed).toList()) {
      Optional<IdxFile> file = pictures(PathProbe.at(entry));
      if (file.isPresent()) {
        return Optional.of(recognition(probe, "files of pictures and labels", file.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<IdxFile> pictures(PathProbe probe) throws IOException {
    return IdxFile.of(probe.place(), probe.head(), probe.length()).filter(file -> !file.isLabels());
  }

  private static Recognition recognition(PathProbe probe, String what, IdxFile file) {
    return new Recognition(
        "idx",
        probe.place(),
        Map.of(),
        "idx (MNIST's format): %s of %dx%d pixels".formatted(what, file.height(), file.width()));
  }
}
