package io.millrace.pipeline.report;

import io.millrace.pipeline.history.StageRecord;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The DAG of a run as boxes and curves, in pixels.
 *
 * @param across whether the edges go to the right, for wide screens; else downwards
 */
record DagDrawing(
    boolean across, double width, double height, List<Box> boxes, List<String> paths) {
  private static final double BOX_WIDTH = 172;
  private static final double BOX_HEIGHT = 56;
  private static final double MARGIN = 4;

  /** Space between the layers, for the curves. */
  private static final double GAP = 36;

  /** Space between boxes of one layer. */
  private static final double SPACE = 16;

  /** How many letters fit into a box. */
  private static final int NAME_COLUMNS = 14;

  private static final int NOTE_COLUMNS = 22;

  /**
   * A stage's box.
   *
   * @param name shortened to fit
   * @param note its job and time, shortened to fit
   */
  record Box(StageRecord stage, double x, double y, String name, String note) {
    double width() {
      return BOX_WIDTH;
    }

    double height() {
      return BOX_HEIGHT;
    }
  }

  static DagDrawing of(List<StageRecord> stages, boolean across) {
    Map<String, List<String>> reads = new LinkedHashMap<>();
    Map<String, StageRecord> byName = new LinkedHashMap<>();
    for (StageRecord stage : stages) {
      reads.put(stage.name(), stage.reads().values().stream().distinct().sorted().toList());
      byName.put(stage.name(), stage);
    }
    DagLayout layout = new DagLayout(reads);
    Axes axes = new Axes(across, layout.breadth());
    List<Box> boxes = new ArrayList<>();
    for (DagLayout.Spot spot : layout.stages()) {
      StageRecord stage = byName.get(spot.stage());
      String time = stage.seconds() > 0 ? " · " + Amounts.seconds(stage.seconds()) : "";
      boxes.add(
          new Box(
              stage,
              axes.x(spot) - BOX_WIDTH / 2,
              axes.y(spot) - BOX_HEIGHT / 2,
              Words.cut(stage.name(), NAME_COLUMNS),
              Words.cut(stage.job() + time, NOTE_COLUMNS)));
    }
    List<String> paths = layout.edges().stream().map(axes::curve).toList();
    double along = layout.layers() * (axes.step() + GAP) - GAP + 2 * MARGIN;
    double beside = layout.breadth() * axes.slot() + 2 * MARGIN;
    return new DagDrawing(
        across, across ? along : beside, across ? beside : along, List.copyOf(boxes), paths);
  }

  private record Axes(boolean across, double breadth) {
    double step() {
      return across ? BOX_WIDTH : BOX_HEIGHT;
    }

    double slot() {
      return (across ? BOX_HEIGHT : BOX_WIDTH) + SPACE;
    }

    private double along(DagLayout.Spot spot) {
      return MARGIN + step() / 2 + spot.layer() * (step() + GAP);
    }

    private double beside(DagLayout.Spot spot) {
      return MARGIN + (breadth / 2 + spot.slot()) * slot();
    }

    double x(DagLayout.Spot spot) {
      return across ? along(spot) : beside(spot);
    }

    double y(DagLayout.Spot spot) {
      return across ? beside(spot) : along(spot);
    }

    /** The curve from the end of one box to the beginning of another, straight at the bends. */
    String curve(DagLayout.Path path) {
      StringBuilder text = new StringBuilder();
      List<DagLayout.Spot> spots = path.spots();
      for (int i = 1; i < spots.size(); i++) {
        DagLayout.Spot from = spots.get(i - 1);
        DagLayout.Spot to = spots.get(i);
        double start = along(from) + step() / 2;
        double end = along(to) - step() / 2;
        double middle = (start + end) / 2;
        text.append(i == 1 ? "M" + point(start, beside(from)) : " L" + point(start, beside(from)))
            .append(" C")
            .append(point(middle, beside(from)))
            .append(' ')
            .append(point(middle, beside(to)))
            .append(' ')
            .append(point(end, beside(to)));
      }
      return text.toString();
    }

    private String point(double along, double beside) {
      return across
          ? String.format(Locale.ROOT, "%.1f,%.1f", along, beside)
          : String.format(Locale.ROOT, "%.1f,%.1f", beside, along);
    }
  }
}
