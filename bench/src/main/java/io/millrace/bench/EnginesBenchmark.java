package io.millrace.bench;

import io.millrace.jobs.architecture.catalogue.ResNet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the engines do in a second, compared with PyTorch: the same networks, initial weights and
 * minibatch, two threads each, once warm.
 */
final class EnginesBenchmark implements Benchmark {
  /** The network and minibatch of {@code sbin/bench train}. */
  static final EngineWork WHOLE_JOB =
      new EngineWork(
          "resnet",
          "training steps of ResNet 16..256, minibatches of 128, 3x32x32",
          EngineWork.Kind.TRAIN,
          new ResNet(Load.CHANNELS),
          Load.STEP,
          32,
          Load.CLASSES,
          EngineWork.SGD,
          EnginePrecision.FP32,
          1.1);

  private static final List<EngineWork> ROWS =
      List.of(
          WHOLE_JOB,
          new EngineWork(
              "resnet-bf16",
              "the same in bf16, reference in fp32",
              EngineWork.Kind.TRAIN,
              new ResNet(Load.CHANNELS),
              Load.STEP,
              32,
              Load.CLASSES,
              EngineWork.SGD,
              EnginePrecision.BF16,
              1.6));

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
