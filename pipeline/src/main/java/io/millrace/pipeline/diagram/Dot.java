package io.millrace.pipeline.diagram;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.graph.SimpleDirectedGraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;

/** A diagram in DOT, the language of Graphviz. */
public final class Dot {
  private static final String INK = "#1b1b1b";

  private Dot() {}

  /** The text, ending in a newline. */
  public static String text(Diagram diagram) {
    Graph<Diagram.Node, Diagram.Edge> graph = new SimpleDirectedGraph<>(Diagram.Edge.class);
    diagram.nodes().forEach(graph::addVertex);
    for (Diagram.Edge edge : diagram.edges()) {
      graph.addEdge(node(diagram, edge.from()), node(diagram, edge.to()), edge);
    }
    // Our own names: a user's name could be a keyword such as node.
    DOTExporter<Diagram.Node, Diagram.Edge> exporter =
        new DOTExporter<>(node -> "s" + diagram.number(node.name()));
    exporter.setGraphIdProvider(() -> "pipeline");
    exporter.setGraphAttributeProvider(() -> attributes(Map.of("rankdir", "LR")));
    exporter.setVertexAttributeProvider(Dot::look);
    exporter.setEdgeAttributeProvider(
        edge ->
            edge.label().isEmpty() ? Map.of() : attributes(Map.of("label", plain(edge.label()))));
    StringWriter text = new StringWriter();
    exporter.exportGraph(graph, text);
    return text.toString();
  }

  private static Diagram.Node node(Diagram diagram, String name) {
    return diagram.nodes().get(diagram.number(name));
  }

  private static Map<String, Attribute> look(Diagram.Node node) {
    Map<String, String> look = new LinkedHashMap<>();
    look.put("label", plain(node.name()) + "\\n" + plain(node.job() + ": " + node.outcome()));
    look.put("class", node.status().text());
    look.put("shape", "box");
    look.put("style", "filled,rounded");
    look.put("fillcolor", node.status().fill());
    look.put("color", node.status().border());
    look.put("fontcolor", INK);
    return attributes(look);
  }

  private static Map<String, Attribute> attributes(Map<String, String> values) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    values.forEach((key, value) -> attributes.put(key, DefaultAttribute.createAttribute(value)));
    return attributes;
  }

  /**
   * Escapes backslashes and HTML entities, which Graphviz reads in a label; the exporter escapes
   * quotes.
   */
  private static String plain(String text) {
    return text.replace("\\", "\\\\").replace("&", "&amp;").replaceAll("\\p{Cntrl}", " ");
  }
}
