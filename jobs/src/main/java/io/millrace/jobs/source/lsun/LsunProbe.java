package io.millrace.jobs.source.lsun;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SourceProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognises an LMDB file or folder, and a folder of LMDB folders. */
public final class LsunProbe implements SourceProbe {
  /** Folders in a folder that are opened to recognise it. */
  private static final int LOOKED_AT = 64;

  @Override
  public Optional<Recognition> in(PathProbe probe) throws IOException {
    long lmdbs = probe.name().endsWith(LsunListing.MDB) && !probe.isFolder() ? 1 : 0;
    if (probe.isFolder()) {
      lmdbs = isLmdb(probe) ? 1 : 0;
      List<FolderEntry> folders = probe.entries().stream().filter(FolderEntry::isFolder).toList();
      for (int i = 0; lmdbs == 0 && i < Math.min(LOOKED_AT, folders.size()); i++) {
        lmdbs = isLmdb(PathProbe.at(folders.get(i))) ? 2 : 0;
      }
    }
    String what = lmdbs == 1 ? "an LMDB of encoded pictures" : "LMDB folders of encoded pictures";
    return lmdbs == 0
        ? Optional.empty()
        : Optional.of(new Recognition("lsun", probe.place(), Map.of(), "LSUN: " + what));
  }

  private static boolean isLmdb(PathProbe folder) throws IOException {
    return folder.has(LsunListing.DATA) && folder.entries().stream().anyMatch(LsunListing::isData);
  }
}
