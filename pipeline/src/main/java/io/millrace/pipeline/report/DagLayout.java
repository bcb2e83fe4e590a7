package io.millrace.pipeline.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays out the stages of a DAG in layers, after Sugiyama, Tagawa and Toda, "Methods for Visual
 * Understanding of Hierarchical System Structures" (1981): longest-path layers, a bend in every
 * layer that an edge passes, layers ordered by the mean place of their neighbours.
 */
final class DagLayout {
  private static final int SWEEPS = 8;

  /**
   * A stage, or a bend of an edge that passes through a layer.
   *
   * @param stage its name; empty for a bend
   * @param layer counted from 0, in the direction of the edges
   * @param slot place within the layer, from 0; a bend takes a third of a stage's width
   */
  record Spot(String stage, int layer, double slot) {}

  /**
   * An edge as its spots: a stage, bends, and a stage.
   *
   * @param spots at least two
   */
  record Path(List<Spot> spots) {}

  private static final double BEND_ROOM = 1.0 / 3;

  private final Map<String, List<String>> reads;
  private final Map<String, Integer> layers = new HashMap<>();
  private final List<List<Cell>> rows = new ArrayList<>();
  private final List<List<Cell>> chains = new ArrayList<>();

  private static final class Cell {
    final String stage;
    final int layer;
    final List<Cell> above = new ArrayList<>();
    final List<Cell> below = new ArrayList<>();
    double at;

    Cell(String stage, int layer) {
      this.stage = stage;
      this.layer = layer;
    }

    double room() {
      return stage.isEmpty() ? BEND_ROOM : 1;
    }

    Spot spot() {
      return new Spot(stage, layer, at);
    }
  }

  /**
   * @param reads the stages in topological order, each with those that it reads from
   */
  DagLayout(Map<String, List<String>> reads) {
    this.reads = new LinkedHashMap<>(reads);
    Map<String, Cell> cells = new LinkedHashMap<>();
    reads.forEach(
        (stage, from) -> {
          int layer =
              from.stream().filter(layers::containsKey).mapToInt(layers::get).max().orElse(-1) + 1;
          layers.put(stage, layer);
          cells.put(stage, add(new Cell(stage, layer)));
        });
    reads.forEach(
        (stage, from) ->
            from.stream()
                .filter(cells::containsKey)
                .forEach(other -> connect(cells.get(other), cells.get(stage))));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      order(sweep % 2 == 0);
    }
    rows.forEach(DagLayout::place);
  }

  private Cell add(Cell cell) {
    while (rows.size() <= cell.layer) {
      rows.add(new ArrayList<>());
    }
    List<Cell> row = rows.get(cell.layer);
    cell.at = row.size();
    row.add(cell);
    return cell;
  }

  private void connect(Cell from, Cell to) {
    List<Cell> chain = new ArrayList<>(List.of(from));
    for (int layer = from.layer + 1; layer < to.layer; layer++) {
      chain.add(add(new Cell("", layer)));
    }
    chain.add(to);
    for (int i = 1; i < chain.size(); i++) {
      chain.get(i - 1).below.add(chain.get(i));
      chain.get(i).above.add(chain.get(i - 1));
    }
    chains.add(chain);
  }

  private void order(boolean downwards) {
    for (int i = 0; i < rows.size(); i++) {
      List<Cell> row = rows.get(downwards ? i : rows.size() - 1 - i);
      Map<Cell, Double> wanted = new HashMap<>();
      for (Cell cell : row) {
        List<Cell> neighbours = downwards ? cell.above : cell.below;
        wanted.put(
            cell, neighbours.stream().mapToDouble(each -> each.at).average().orElse(cell.at));
      }
      row.sort(Comparator.comparingDouble(wanted::get));
      place(row);
    }
  }

  /** Places the cells of a row side by side, centred. */
  private static void place(List<Cell> row) {
    double all = row.stream().mapToDouble(Cell::room).sum();
    double at = -all / 2;
    for (Cell cell : row) {
      cell.at = at + cell.room() / 2;
      at += cell.room();
    }
  }

  /** The place of every stage, in the order given. */
  List<Spot> stages() {
    return rows.stream()
        .flatMap(List::stream)
        .filter(cell -> !cell.stage.isEmpty())
        .map(Cell::spot)
        .sorted(Comparator.comparingInt(spot -> List.copyOf(reads.keySet()).indexOf(spot.stage())))
        .toList();
  }

  /** Every edge. */
  List<Path> edges() {
    return chains.stream().map(chain -> new Path(chain.stream().map(Cell::spot).toList())).toList();
  }

  /** How many layers there are. */
  int layers() {
    return rows.size();
  }

  /** The width of the widest layer, in stages. */
  double breadth() {
    return rows.stream()
        .mapToDouble(row -> row.stream().mapToDouble(Cell::room).sum())
        .max()
        .orElse(0);
  }
}
