package io.millrace.jobs.predict;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import io.millrace.jobs.shard.ParquetSettings;
import io.millrace.jobs.shard.RowSupport;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** Lines as one Parquet file; {@code top-k} is a list of label, class and probability. */
final class ParquetLines implements LineSink {
  private static final LogicalTypeAnnotation TEXT = LogicalTypeAnnotation.stringType();
  private static final GroupType BEST =
      Types.requiredGroup()
          .required(INT32)
          .named("label")
          .required(BINARY)
          .as(TEXT)
          .named("class")
          .required(DOUBLE)
          .named("probability")
          .named("element");
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(BINARY)
          .as(TEXT)
          .named("id")
          .required(INT32)
          .named("label")
          .optional(BINARY)
          .as(TEXT)
          .named("class")
          .optional(DOUBLE)
          .named("probability")
          .addField(Types.requiredList().element(BEST).named("top-k"))
          .optional(BINARY)
          .as(TEXT)
          .named("error")
          .named("prediction");

  private final ParquetWriter<Line> writer;

  /**
   * @param file to be written
   * @param classNames by label number
   */
  ParquetLines(Path file, List<String> classNames) throws IOException {
    writer = ParquetSettings.compressed(file, new Support(classNames));
  }

  @Override
  public void write(Line line) throws IOException {
    writer.write(line);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Support extends RowSupport<Line> {
    private final List<Binary> classNames;

    Support(List<String> classNames) {
      super(SCHEMA);
      this.classNames = classNames.stream().map(Binary::fromString).toList();
    }

    @Override
    protected void columns(Line line) {
      Likeliest best = line.likeliest();
      text(0, line.id());
      number(1, line.isReadable() ? best.labels()[0] : -1);
      if (line.isReadable()) {
        binary(2, classNames.get(best.labels()[0]));
        number(3, (double) best.probabilities()[0]);
      }
      field("top-k", 4, () -> list(best));
      if (!line.isReadable()) {
        text(5, line.reason());
      }
    }

    private void list(Likeliest best) {
      consumer().startGroup();
      if (best.size() > 0) {
        field("list", 0, () -> elements(best));
      }
      consumer().endGroup();
    }

    private void elements(Likeliest best) {
      for (int i = 0; i < best.size(); i++) {
        int label = best.labels()[i];
        double probability = best.probabilities()[i];
        consumer().startGroup();
        field("element", 0, () -> element(label, probability));
        consumer().endGroup();
      }
    }

    private void element(int label, double probability) {
      consumer().startGroup();
      field("label", 0, () -> consumer().addInteger(label));
      field("class", 1, () -> consumer().addBinary(classNames.get(label)));
      field("probability", 2, () -> consumer().addDouble(probability));
      consumer().endGroup();
    }

    private void field(String name, int index, Runnable value) {
      consumer().startField(name, index);
      value.run();
      consumer().endField(name, index);
    }
  }
}
