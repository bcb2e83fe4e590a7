package io.millrace.jobs.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.MadeDataset;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards on a real NameNode and DataNode. */
class ShardCopiesTest {
  @TempDir static Path temp;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;
  private static List<ShardEntry> shards;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.resolve("dfs").toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
    hdfs = cluster.getFileSystem();
    Dataset dataset =
        new MadeDataset(List.of("a", "b")).addEach(Split.TRAIN, 20, 8).write(temp.resolve("data"));
    shards = dataset.shards();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Test
  void readsRemoteShardFromItsLocalCopy() throws Exception {
    URI root = uploaded("/once");
    ShardCopies copies = copies(Long.MAX_VALUE);
    assertRead(copies, root, 0);
    assertThat(names()).containsExactly(shards.get(0).checksum() + ".parquet");
    hdfs.delete(new org.apache.hadoop.fs.Path(root), true);
    assertRead(copies, root, 0);
    // Another process finds it, too.
    assertRead(copies(Long.MAX_VALUE), root, 0);
    assertThatThrownBy(() -> copies.rowGroup(root, shards.get(1), 0))
        .isInstanceOf(IOException.class);
  }

  @Test
  void evictsLeastRecentlyUsedCopyAtTheLimit() throws Exception {
    URI root = uploaded("/limit");
    ShardCopies copies = copies(shards.get(0).bytes() + shards.get(1).bytes() - 1);
    assertRead(copies, root, 0);
    assertRead(copies, root, 1);
    assertThat(names()).containsExactly(shards.get(1).checksum() + ".parquet");
    assertRead(copies, root, 0);
    assertThat(names()).containsExactly(shards.get(0).checksum() + ".parquet");
  }

  @Test
  void countsCopiesOfEarlierProcessesAndEvictsThemFirst() throws Exception {
    URI root = uploaded("/left");
    Path left = folder.resolve("0".repeat(64) + ".parquet");
    Files.write(left, new byte[100]);
    Path notOurs = Files.write(folder.resolve("part-00000.parquet"), new byte[100]);
    ShardCopies copies = copies(shards.get(0).bytes() + shards.get(1).bytes());
    assertRead(copies, root, 0);
    assertThat(left).exists();
    assertRead(copies, root, 1);
    assertThat(left).doesNotExist();
    assertRead(copies(shards.get(0).bytes()), root, 0);
    assertThat(notOurs).exists();
    assertThat(names()).hasSize(2);
  }

  @Test
  void readsShardInPlaceWhenItDoesNotFit() throws Exception {
    URI root = uploaded("/large");
    assertRead(copies(shards.get(0).bytes() - 1), root, 0);
    assertThat(names()).isEmpty();
    ShardCopies without = new ShardCopies(Long.MAX_VALUE, new LocalFolder("/dev/null/none"));
    assertRead(without, root, 0);
  }

  @Test
  void remakesDamagedCopy() throws Exception {
    URI root = uploaded("/damaged");
    Path copy = folder.resolve(shards.get(0).checksum() + ".parquet");
    Files.write(copy, new byte[(int) shards.get(0).bytes()]);
    ShardCopies copies = copies(Long.MAX_VALUE);
    assertRead(copies, root, 0);
    assertThat(copy).doesNotExist();
    assertRead(copies, root, 0);
    assertThat(copy).exists();
  }

  @Test
  void doesNotCopyLocalShards() throws Exception {
    assertRead(copies(Long.MAX_VALUE), temp.resolve("data").toUri(), 0);
    assertThat(names()).isEmpty();
  }

  private static void assertRead(ShardCopies copies, URI root, int shard) throws IOException {
    assertThat(copies.rowGroup(root, shards.get(shard), 0)).hasSize(20);
  }

  private ShardCopies copies(long bound) {
    return new ShardCopies(bound, new LocalFolder(folder.toString()));
  }

  private String[] names() {
    return folder.toFile().list();
  }

  private static URI uploaded(String name) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(name);
    hdfs.copyFromLocalFile(new org.apache.hadoop.fs.Path(temp.resolve("data").toUri()), target);
    return URI.create(hdfs.getUri() + name);
  }
}
