package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** JPEG bytes to pixels, compared with libjpeg-turbo itself. */
final class JpegBenchmark implements Benchmark {
  private static final double TARGET = 0.93;

  @Override
  public String name() {
    return "jpeg";
  }

  @Override
  public String summary() {
    return "full-size JPEGs decoded, one core; libjpeg-turbo itself, called by ctypes";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.requireLibrary(name(), "libturbojpeg.so.0", "libturbojpeg0");
    List<Path> files = Pictures.uprightJpegs(setting, name(), "imagenet-mini/fullsize");
    Turns turns = PictureTurns.taken(setting, PictureLoop.DECODE, "turbojpeg_pictures.py", files);
    return List.of(
        Figure.atLeastOf(
            "%,d full-size JPEGs in memory to pixels, one core; reference: libjpeg-turbo"
                .formatted(files.size()),
            turns.ours(),
            turns.reference(),
            PictureTurns.UNIT,
            TARGET));
  }
}
