package io.millrace.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.RealData;
import io.millrace.jobs.testing.SmallSources;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and datasets on a real NameNode and DataNode. */
class HdfsIngestTest {
  @TempDir static Path temp;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @BeforeAll
  static void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, temp.resolve("dfs").toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    cluster.waitActive();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Test
  void folderOnHdfsGivesTheSameShardsAsOnLocalDisk() throws Exception {
    Path local = temp.resolve("pictures");
    for (String name : new String[] {"ant", "bee"}) {
      Files.createDirectories(local.resolve(name));
      for (int i = 0; i < 20; i++) {
        byte[] file = SmallSources.png(name.length() + i, 7 + i, 9);
        Files.write(local.resolve(name).resolve(i + ".png"), file);
      }
    }
    same(local, "folder", "/pictures");
  }

  @Test
  void readsLmdbInPlaceOnHdfs() throws Exception {
    same(RealData.path("lsun-bedroom/living_room_val_lmdb"), "lsun", "/living_room_val_lmdb");
  }

  @Test
  void inflatesArchiveOnTheDatasetsFileSystem() throws Exception {
    Path batches = Files.createDirectories(temp.resolve("cifar"));
    Files.write(
        batches.resolve("cifar-10-binary.tar.gz"),
        CifarFiles.gzip(CifarFiles.tar(Map.of("data_batch_1.bin", CifarFiles.records(60, 1)))));
    same(batches, "cifar10", "/cifar");
  }

  private static void same(Path local, String format, String remote) throws Exception {
    hdfs.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(remote));
    JobRunner.Done here =
        Ingests.run(temp, "local-" + format, "source.format=" + format, "source.path=" + local);
    URI base = URI.create(hdfs.getUri() + "/out-" + format);
    IngestParameters parameters =
        Ingests.parameters("source.format=" + format, "source.path=" + hdfs.getUri() + remote);
    JobRequest<IngestParameters> request =
        new JobRequest<>(
            "shards",
            parameters,
            URI.create(base + "/staging"),
            URI.create(base + "/unfinished/shards/f"),
            Files.createDirectories(temp.resolve("scratch")).toUri(),
            Map.of("spark.master", "local[2]"),
            "millrace ingest");
    try {
      new IngestJob().run(request, JobContext.silent());
    } finally {
      SharedSpark.stop();
    }
    Dataset there = Dataset.open(URI.create(base + "/staging"));
    assertThat(there.digest()).isEqualTo(here.result().digest());
    assertThat(there.counts().out()).isPositive();
    assertThat(hdfs.exists(new org.apache.hadoop.fs.Path(base + "/staging/_work"))).isFalse();
  }
}
