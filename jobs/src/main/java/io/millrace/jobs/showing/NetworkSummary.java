package io.millrace.jobs.showing;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The layers of a network, as a table in Markdown and as JSON.
 *
 * @param network its layers
 * @param batch images in a minibatch
 * @param minibatchBytes what a worker holds outside its heap to train on one, at least
 * @param stateBytes of weights, running statistics and the optimiser
 */
public record NetworkSummary(Blueprint network, int batch, long minibatchBytes, long stateBytes) {
  /** The table, and the totals below it. */
  public String markdown() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("layer", "operation", "output", "weights", "multiply-adds"));
    network
        .inputs()
        .forEach((name, shape) -> rows.add(List.of(name, "input", shape.toString(), "", "")));
    for (Node node : network.nodes()) {
      rows.add(
          List.of(
              node.name(),
              operation(node.operation()),
              node.shape().toString(),
              countOrNothing(weights(node)),
              countOrNothing(node.operation().multiplyAdds(node.shape()))));
    }
    return table(rows)
        + "\n%s weights, %s multiply-adds an image\n"
            .formatted(Amounts.count(network.weightCount()), Amounts.count(network.multiplyAdds()))
        + "a minibatch of %s takes %s in each worker, the state %s\n"
            .formatted(
                Amounts.count(batch, "image"),
                Amounts.memory(minibatchBytes),
                Amounts.memory(stateBytes));
  }

  /** The same for programs. */
  public Map<String, Object> json() {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Node node : network.nodes()) {
      Map<String, Object> layer = new LinkedHashMap<>();
      layer.put("name", node.name());
      layer.put("operation", operation(node.operation()));
      layer.put("inputs", node.inputs());
      layer.put("output", node.shape().sides());
      layer.put("weights", weights(node));
      layer.put("multiply-adds", node.operation().multiplyAdds(node.shape()));
      layers.add(layer);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layers", layers);
    json.put("weights", (long) network.weightCount());
    json.put("multiply-adds", network.multiplyAdds());
    json.put("batch", batch);
    json.put("minibatch-bytes", minibatchBytes);
    json.put("state-bytes", stateBytes);
    return json;
  }

  private static long weights(Node node) {
    return node.tensors().stream().filter(TensorSpec::trainable).mapToLong(TensorSpec::size).sum();
  }

  private static String countOrNothing(long count) {
    return count == 0 ? "" : Amounts.count(count);
  }

  private static String operation(Operation operation) {
    String name =
        operation
            .getClass()
            .getSimpleName()
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
    if (operation instanceof Operation.Convolution it) {
      return name
          + " %dx%d".formatted(it.kernelHeight(), it.kernelWidth())
          + (it.stride() == 1 ? "" : ", stride " + it.stride())
          + (it.groups() == 1 ? "" : ", " + it.groups() + " groups");
    }
    if (operation instanceof Operation.MeanPool it) {
      return name + " %dx%d, stride %d".formatted(it.kernel(), it.kernel(), it.stride());
    }
    if (operation instanceof Operation.MaxPool it) {
      return name + " %dx%d, stride %d".formatted(it.kernel(), it.kernel(), it.stride());
    }
    return name;
  }

  /** Columns are as wide as their widest cell, so that the text can be read as it is, too. */
  private static String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      text.append('|');
      for (int c = 0; c < columns; c++) {
        String cell = rows.get(r).get(c);
        String blanks = " ".repeat(widths[c] - cell.length());
        text.append(' ').append(isFigures(c) ? blanks + cell : cell + blanks).append(" |");
      }
      text.append('\n');
      if (r == 0) {
        text.append('|');
        for (int c = 0; c < columns; c++) {
          text.append("-".repeat(widths[c] + 1)).append(isFigures(c) ? ":|" : "-|");
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static boolean isFigures(int column) {
    return column >= 3;
  }
}
