package io.millrace.bench;

import io.millrace.jobs.container.LmdbFile;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** WebP bytes, as in LSUN's LMDBs, to pixels, compared with Pillow. */
final class WebpBenchmark implements Benchmark {
  private static final double TARGET = 1.2;

  @Override
  public String name() {
    return "webp";
  }

  @Override
  public String summary() {
    return "LSUN's WebPs decoded, one core; Pillow";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(name(), "PIL", "python3-pil");
    Path folder = Files.createDirectory(setting.scratch().resolve("webp"));
    List<Path> all = new ArrayList<>();
    for (Path data : Pictures.lmdbs(setting, name(), "lsun-bedroom")) {
      try (ReadAt file = JobFiles.readAt(data.toUri())) {
        LmdbFile.open(file).scan(new Dump(file, data, folder, all));
      }
    }
    List<Path> files = all.subList(0, setting.scaled(all.size()));
    Turns turns = PictureTurns.taken(setting, PictureLoop.DECODE, "pillow_pictures.py", files);
    return List.of(
        Figure.atLeastOf(
            "%,d WebPs in memory to pixels, one core; reference: Pillow, all pixels equal"
                .formatted(files.size()),
            turns.ours(),
            turns.reference(),
            PictureTurns.UNIT,
            TARGET));
  }

  /** Writes the values of an LMDB to files. */
  private record Dump(ReadAt file, Path data, Path folder, List<Path> written)
      implements LmdbFile.Visitor {
    @Override
    public void entry(byte[] key, long offset, long length) throws IOException {
      Path path = folder.resolve("%06d.webp".formatted(written.size()));
      written.add(Files.write(path, file.read(offset, Math.toIntExact(length))));
    }

    @Override
    public void damaged(String reason, long bytes) {
      throw new CannotException("read " + data, reason);
    }
  }
}
