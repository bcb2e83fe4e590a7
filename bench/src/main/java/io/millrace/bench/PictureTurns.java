package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Pictures in memory, decoded by ours and by a script in turn, each in a process of its own on one
 * core. All pixels must be equal.
 */
final class PictureTurns {
  static final String UNIT = "pictures per CPU second";

  private PictureTurns() {}

  /**
   * @param work {@link PictureLoop#DECODE} or {@link PictureLoop#RESIZE}
   * @return pictures a second of CPU time
   */
  static Turns taken(Setting setting, String work, String script, List<Path> files)
      throws IOException, InterruptedException {
    Path list = Pictures.list(setting, files);
    List<String> before = OneCore.before();
    if (before.isEmpty()) {
      setting.say().accept("there is no taskset, so the processes may use several cores");
    }
    String[] pixels = new String[2];
    return Turns.taken(
        setting,
        UNIT,
        run -> {
          Child ours = Java.run(setting, before, Map.of(), PictureLoop.class, work, list);
          pixels[0] = ours.words().get(0);
          if (!pixels[0].equals(pixels[1])) {
            throw new CannotException(
                "compare ours with " + script,
                "the checksums of all pixels differ (%s, %s)".formatted(pixels[0], pixels[1]));
          }
          return ours.figure();
        },
        run -> {
          Child reference =
              Python.run(
                  setting,
                  before,
                  script,
                  work,
                  list,
                  Passes.WARM,
                  Passes.WARM_SECONDS,
                  Passes.TIMED);
          pixels[1] = reference.words().get(0);
          return reference.figure();
        });
  }
}
