using GraphGateway.Language;
using GraphGateway.TestKit.Supergraphs;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>A large supergraph is read in small parts, so that who reads it beside others' work can stop between them.</summary>
public sealed class ReadingPartsTests
{
    private const int Types = 1_000;

    public static TheoryData<string> Formats => [.. Texts.Keys];

    private static Dictionary<string, byte[]> Texts { get; } = Make();

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_part_makes_much_of_what_reading_makes(string format)
    {
        var text = new SourceText(Texts[format], format);
        var parts = new List<long>();
        long all = 0;
        Inline.Run(() =>
        {
            var begin = GC.GetAllocatedBytesForCurrentThread();
            var last = begin;
            var result = SupergraphReader.Read(text, () =>
            {
                var now = GC.GetAllocatedBytesForCurrentThread();
                parts.Add(now - last);
                last = GC.GetAllocatedBytesForCurrentThread();
            });
            all = GC.GetAllocatedBytesForCurrentThread() - begin;
            parts.Add(GC.GetAllocatedBytesForCurrentThread() - last);
            Assert.Empty(result.Errors);
        });

        Assert.True(parts.Count > 5 * Types, $"{parts.Count} parts");
        Assert.True(parts.Max() < all / 5, $"{parts.Max():N0} of {all:N0} bytes are made in one part; the largest: {string.Join(", ", parts.OrderDescending().Take(8).Select(part => $"{part:N0}"))}");
    }

    private static Dictionary<string, byte[]> Make()
    {
        var types = string.Join('\n', Enumerable.Range(0, Types).Select(i =>
            $"type T{i} @join__type(graph: A, key: \"id\") @join__type(graph: B, key: \"id\") {{ id: ID! a: Int @join__field(graph: A) b(first: Int): [T{(i + 1) % Types}] @join__field(graph: B) c: String }}"));
        var join = $"{JoinReaderTests.Definitions}\nenum join__Graph {{ A @join__graph(name: \"a\", url: \"http://a\") B @join__graph(name: \"b\", url: \"http://b\") }}\n"
            + "schema @link(url: \"https://specs.apollo.dev/link/v1.0\") @link(url: \"https://specs.apollo.dev/join/v0.3\", for: EXECUTION) { query: Query }\n"
            + $"type Query @join__type(graph: A) @join__type(graph: B) {{ t: T0 }}\n{types}";
        var supergraph = SupergraphReader.Read(new SourceText(join)).Supergraph!;
        return new Dictionary<string, byte[]>
        {
            ["join"] = System.Text.Encoding.UTF8.GetBytes(join),
            ["canonical"] = System.Text.Encoding.UTF8.GetBytes(SupergraphWriter.Write(supergraph)),
            ["fusion"] = System.Text.Encoding.UTF8.GetBytes(FusionText.Write(supergraph)),
            ["archive"] = FusionText.Archive(FusionText.Write(supergraph), [("a", "http://a"), ("b", "http://b")]),
        };
    }

    // All on the calling thread, whose bytes are counted.
    private sealed class Inline : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => 1;

        public static void Run(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, new Inline()).GetAwaiter().GetResult();

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
