package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** JPEG bytes to small pictures, bit for bit Pillow's, compared with Pillow. */
final class ResizeBenchmark implements Benchmark {
  private static final double TARGET = 1.7;

  @Override
  public String name() {
    return "resize";
  }

  @Override
  public String summary() {
    return "JPEGs decoded, resized to 256 and cropped to 224, one core; Pillow, the same pixels";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(name(), "PIL", "python3-pil");
    List<Path> files = Pictures.uprightJpegs(setting, name(), "imagenet-mini/fullsize");
    Turns turns = PictureTurns.taken(setting, PictureLoop.RESIZE, "pillow_pictures.py", files);
    return List.of(
        Figure.atLeastOf(
            "%,d full-size JPEGs in memory decoded, resized to 256 and cropped to 224, one core; reference: Pillow BILINEAR, all pixels equal"
                .formatted(files.size()),
            turns.ours(),
            turns.reference(),
            PictureTurns.UNIT,
            TARGET));
  }
}
