package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CIFAR-10 pictures in memory augmented and normalised to floats, each side in a process of its own
 * on one core: ours picture by picture, torchvision's picture by picture from PIL's, numpy's whole
 * minibatches at once.
 */
final class AugmentBenchmark implements Benchmark {
  private static final int PICTURES = 10_000;
  private static final double TORCHVISION_TARGET = 80;
  private static final double NUMPY_TARGET = 2.5;
  private static final double ERASING_TARGET = 30;

  @Override
  public String name() {
    return "augment";
  }

  @Override
  public String summary() {
    return "CIFAR-10 pictures padded, cropped, flipped, normalised, one core; torchvision, numpy";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(
        name(),
        "numpy, PIL, torch, torchvision",
        "python3-numpy, python3-pil, python3-torch and python3-torchvision");
    int pictures = setting.scaled(PICTURES);
    Path records = CifarRecords.repeated(setting, pictures);
    List<String> before = OneCore.before();
    if (before.isEmpty()) {
      setting.say().accept("there is no taskset, so the processes may use several cores");
    }
    String torchvision = "torchvision_augment.py";
    setting.say().accept("compared with torchvision");
    Turns plain =
        taken(setting, before, AugmentLoop.PLAIN, records, torchvision, AugmentLoop.PLAIN);
    setting.say().accept("compared with numpy");
    Turns numpy = taken(setting, before, AugmentLoop.PLAIN, records, "numpy_augment.py");
    setting.say().accept("with erasing, compared with torchvision");
    Turns erasing =
        taken(setting, before, AugmentLoop.ERASE, records, torchvision, AugmentLoop.ERASE);
    String what =
        "%,d CIFAR-10 pictures in memory: pad 4, crop 32, flip%s, normalise, one core; reference: ";
    return List.of(
        figure(
            what.formatted(pictures, "") + "torchvision on PIL's pictures",
            plain,
            TORCHVISION_TARGET),
        figure(what.formatted(pictures, "") + "numpy, 256 pictures at once", numpy, NUMPY_TARGET),
        figure(
            what.formatted(pictures, ", erase 16.5 %")
                + "torchvision on PIL's pictures, RandomErasing of 17.4 % in the mean",
            erasing,
            ERASING_TARGET));
  }

  /**
   * @param first the script's first arguments
   */
  private static Turns taken(
      Setting setting,
      List<String> before,
      String work,
      Path records,
      String script,
      String... first)
      throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of((Object[]) first));
    arguments.add(records);
    arguments.add(Augmentation.written(Augmentation.MEAN));
    arguments.add(Augmentation.written(Augmentation.STD));
    arguments.addAll(List.of(Passes.WARM, Passes.WARM_SECONDS, Passes.TIMED));
    String[] theirs = new String[1];
    return Turns.taken(
        setting,
        PictureTurns.UNIT,
        run -> {
          Child ours = Java.run(setting, before, Map.of(), AugmentLoop.class, work, records);
          Moments.requireAlike(ours.words().get(0), theirs[0], script);
          return ours.figure();
        },
        run -> {
          Child reference = Python.run(setting, before, script, arguments.toArray());
          theirs[0] = reference.words().get(0);
          return reference.figure();
        });
  }

  private static Figure figure(String what, Turns turns, double target) {
    return Figure.atLeastOf(what, turns.ours(), turns.reference(), PictureTurns.UNIT, target);
  }
}
