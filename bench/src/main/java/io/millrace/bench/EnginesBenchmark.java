package io.millrace.bench;

import io.millrace.jobs.architecture.catalogue.Darknet;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet50;
import io.millrace.jobs.engine.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the engines do in a second, compared with PyTorch: the same networks, initial weights and
 * minibatch, two threads each, once warm.
 */
final class EnginesBenchmark implements Benchmark {
  private static final int SIDE = 32;
  private static final int PHOTO = 224;
  private static final int PHOTOS = 32;
  private static final int PHOTO_CLASSES = 1000;
  private static final Darknet DARKNET = new Darknet(List.of(1, 2, 4, 6, 3), 32);

  /** The network and minibatch of {@code sbin/bench train}. */
  static final EngineWork WHOLE_JOB =
      EngineWork.training(
          "resnet",
          "ResNet 16..256",
          new ResNet(Load.CHANNELS),
          Load.STEP,
          SIDE,
          Load.CLASSES,
          1.1);

  private static final List<EngineWork> ROWS =
      List.of(
          WHOLE_JOB,
          WHOLE_JOB.in(Precision.BF16, 1.6),
          EngineWork.training(
              "darknet",
              "Darknet [1, 2, 4, 6, 3]",
              DARKNET,
              Load.STEP,
              SIDE,
              Load.CLASSES,
              0.95),
          EngineWork.training(
              "resnet-18",
              "ResNet-18",
              new ResNet18(64),
              PHOTOS,
              PHOTO,
              PHOTO_CLASSES,
              0.95),
          EngineWork.update(EngineWork.SGD, "31 M weights", DARKNET, 1),
          EngineWork.update(EngineWork.ADAMW, "31 M weights", DARKNET, 1),
          EngineWork.prediction(
              "resnet-50",
              "ResNet-50",
              new ResNet50(64),
              PHOTOS,
              PHOTO,
              PHOTO_CLASSES,
              0.95));

  @Override
  public String name() {
    return "engines";
  }

  @Override
  public String summary() {
    return "training steps, updates and predictions of both engines; PyTorch";
  }

  /** The rows that {@code --only} chooses from. */
  static List<String> names() {
    List<String> names = new ArrayList<>(ROWS.stream().map(EngineWork::name).toList());
    names.add(QuickstartTurns.NAME);
    return names;
  }

  /** The same for the command line's help. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    setting.say().accept(EngineEnvironment.described());
    List<EngineWork> wanted = ROWS.stream().filter(row -> isWanted(setting, row.name())).toList();
    List<Figure> figures = new ArrayList<>();
    if (!wanted.isEmpty()) {
      List<PyTorch> references = PyTorch.found(setting);
      for (EngineWork work : wanted) {
        figures.addAll(EngineTurns.on(setting, work).figures(references));
      }
    }
    if (isWanted(setting, QuickstartTurns.NAME)) {
      figures.addAll(QuickstartTurns.figures(setting));
    }
    return figures;
  }

  private static boolean isWanted(Setting setting, String row) {
    return setting.only().isEmpty() || setting.only().contains(row);
  }
}
