using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Plans as bytes. That each plan of the other tests is the same when it was stored, <see cref="PlanTest"/> and <see cref="RandomPlanTests"/> see to; here is what becomes of bytes
/// that are no plan.
/// </summary>
public sealed class PlanStorageTests(ITestOutputHelper output)
{
    private const string Sources = """
        --- a apollo
        type Query { t: T ts: [[I!]] }
        interface I { id: ID! }
        type T implements I @key(fields: "id") { id: ID! a(first: Int): Int }
        type U implements I @key(fields: "id") { id: ID! }
        type Hidden @inaccessible { x: Int }
        --- b apollo
        type T @key(fields: "id") { id: ID! a(first: Int): Int @external r: Int @requires(fields: "a(first: 3)") b(x: Int): Int }
        type U @key(fields: "id") { id: ID! b: Int u: T }
        """;

    private const string Operation = "query Q($x: Int = 2) { t { r b(x: $x) } ts { id ... on T { b(x: $x) } ... on U { u { r } } } __schema { types { name } } }";

    [Fact]
    public void A_plan_is_the_same_for_the_operation_that_was_read_anew_in_the_graph_that_was_read_anew()
    {
        var (plan, bytes, _) = Stored();
        var supergraph = SupergraphReader.Read(new SourceText(SupergraphWriter.Write(TestGraph.Compose(Sources)))).Supergraph!;
        var read = PlanStorage.Read(bytes, supergraph, TestOperation.Normalize(supergraph.PublicSchema, Operation), out var problem);
        Assert.True(read is not null, problem);
        Assert.Equal(PlanPrinter.Print(plan), PlanPrinter.Print(read));
        Assert.Empty(PlanVerifier.Verify(read));
        Assert.Same(supergraph, read.Supergraph);
        output.WriteLine($"{bytes.Length} bytes\n{PlanPrinter.Print(read)}");
    }

    [Fact]
    public void Bytes_that_are_cut_off_or_go_on_are_no_plan()
    {
        var (plan, bytes, supergraph) = Stored();
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(PlanStorage.Read(bytes.AsMemory(0, length), supergraph, plan.Operation, out var problem));
            Assert.StartsWith("at byte ", problem, StringComparison.Ordinal);
        }

        Assert.Null(PlanStorage.Read((byte[])[.. bytes, 0], supergraph, plan.Operation, out var more));
        Assert.Equal($"at byte {bytes.Length}: more than a plan.", more);
    }

    // What is read of changed bytes is a plan of which everything refers to what is there: who verifies or prints it meets no fault.
    [Fact]
    public void Bytes_that_are_changed_are_no_plan_or_one_that_can_be_verified()
    {
        var (plan, bytes, supergraph) = Stored();
        var (refused, wrong, passed) = (0, 0, 0);
        void Try(byte[] changed)
        {
            var read = PlanStorage.Read(changed, supergraph, plan.Operation, out _);
            if (read is null)
            {
                refused++;
                return;
            }

            Assert.NotNull(PlanPrinter.Print(read));
            _ = PlanVerifier.Verify(read).IsEmpty ? passed++ : wrong++;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var value in (ReadOnlySpan<byte>)[0, 1, 0x7F, 0x80, 0xFF, (byte)(bytes[i] + 1), (byte)(bytes[i] - 1), (byte)(bytes[i] ^ 4)])
            {
                var changed = (byte[])bytes.Clone();
                changed[i] = value;
                Try(changed);
            }
        }

        var random = new Random(1);
        for (var i = 0; i < 4_000; i++)
        {
            var changed = (byte[])bytes.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            var from = random.Next(changed.Length);
            Try(random.Next(3) == 0 ? [.. changed[..from], .. changed[random.Next(changed.Length)..]] : changed);
        }

        output.WriteLine($"{refused} refused, {wrong} found wrong, {passed} passed");
        Assert.True(refused > 1_000 && wrong > 100, $"{refused} refused, {wrong} found wrong, {passed} passed");
    }

    [Theory]
    // What is claimed and is not there.
    [InlineData("FFFFFFFF07", "at byte 5: 2147483647 entries in 0 bytes.")]
    [InlineData("FFFFFFFF0F", "at byte 5: a number that is too large.")]
    [InlineData("FFFFFFFFFF01", "at byte 5: a number that is too long.")]
    [InlineData("0102FF", "at byte 2: 2 entries in 1 bytes.")]
    [InlineData("0101FF", "at byte 3: a text that is no UTF-8.")]
    [InlineData("00010100FF7F", "at byte 6: 16383 where what is there is below 11.")]
    [InlineData("010141000102020000", "at byte 7: a type that is none.")]
    [InlineData("00000010", "at byte 4: 16 where what is there is below 16.")]
    [InlineData("0000000001000000", "at byte 7: 0 where what is there is below 0.")]
    public void What_is_wrong_is_said(string bytes, string expected)
    {
        var (plan, _, supergraph) = Stored();
        Assert.Null(PlanStorage.Read(Convert.FromHexString(bytes), supergraph, plan.Operation, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    // A million fields of a shape, of which none is there; and of which a third of a million is there, at three bytes each.
    [InlineData(0xFF, 100_000)]
    [InlineData(0, 100_000_000)]
    public void Claims_take_no_memory_and_what_is_there_a_small_multiple_of_its_bytes(byte filler, int most)
    {
        var (plan, _, supergraph) = Stored();
        byte[] bytes = [0, 1, 0, 0, 0, 0xC0, 0x84, 0x3D, .. Enumerable.Repeat(filler, 1_000_000)];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(PlanStorage.Read(bytes, supergraph, plan.Operation, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
    }

    [Fact]
    public void A_plan_that_is_too_large_is_none()
    {
        var (plan, bytes, supergraph) = Stored();
        Assert.Null(PlanStorage.Read((byte[])[.. bytes, .. new byte[PlanStorage.MaxBytes]], supergraph, plan.Operation, out var problem));
        Assert.Equal("at byte 0: more bytes than a plan has.", problem);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(PlanStorage.MaxBytes, false)]
    public void A_plan_that_would_be_too_large_is_not_stored(int characters, bool isStored)
    {
        var supergraph = TestGraph.Compose("--- a apollo\ntype Query { t(s: String): Int }");
        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, $"{{ t(s: \"{new string('x', characters)}\") }}", ParserOptions.Schema));
        Assert.Equal(isStored, PlanStorage.Write(plan) is not null);
    }

    [Fact]
    public void Hidden_fields_have_names_that_clients_cannot_write_and_nest_no_deeper_than_plans_do()
    {
        var supergraph = TestGraph.Compose("--- a apollo\ntype Query { t: T }\ntype T { t: T }");
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ t { __typename } }");
        // A field of Query that is hidden, and so on below it.
        byte[] Nested(string key, int levels) =>
        [
            4, (byte)key.Length, .. System.Text.Encoding.UTF8.GetBytes(key), 5, .. "Query"u8, 1, .. "t"u8, 1, .. "T"u8, 1, 0, 0, 0,
            1, 1, 0, 1, 2, 3, 0, .. Enumerable.Repeat<byte[]>([1, 1, 0, 1, 4, 3, 0], levels).SelectMany(level => level), 0, 0, 0, 0,
        ];
        Assert.NotNull(PlanStorage.Read(Nested("~t", 900), supergraph, operation, out _));
        Assert.Null(PlanStorage.Read(Nested("t", 1), supergraph, operation, out var problem));
        Assert.EndsWith("a hidden field that is none.", problem, StringComparison.Ordinal);
        Assert.Null(PlanStorage.Read(Nested("~t", 1_000), supergraph, operation, out var deep));
        Assert.EndsWith("it is nested too deeply.", deep, StringComparison.Ordinal);
        Assert.Null(PlanStorage.Read(Nested("~t", 100_000), supergraph, operation, out _));
    }

    [Fact]
    public void A_plan_in_which_something_is_withheld_is_not_stored()
    {
        var supergraph = TestGraph.Compose(Sources);
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ t { id a } }");
        var set = operation.SelectionSet;
        var t = set.Fields[0];
        var a = t.SelectionSet!.Fields[1] with { IsWithheld = true };
        var filtered = operation with { SelectionSet = set with { Fields = [t with { SelectionSet = t.SelectionSet with { Fields = [t.SelectionSet.Fields[0], a] } }] } };
        Assert.NotNull(PlanStorage.Write(QueryPlanner.Plan(supergraph, operation)));
        Assert.Null(PlanStorage.Write(QueryPlanner.Plan(supergraph, filtered)));
    }

    [Fact]
    public void The_identity_is_that_of_the_graph_its_numbers_and_the_build()
    {
        const string Graph = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { A @gateway__source(name: "a", dialect: APOLLO) }
            type Query @gateway__type(in: A) { one: One @gateway__field(in: A) two: Two @gateway__field(in: A) }
            type One @gateway__type(in: A) { x: Int @gateway__field(in: A) }
            type Two @gateway__type(in: A) { x: Int @gateway__field(in: A) }
            """;
        var lines = Graph.ReplaceLineEndings("\n").Split('\n');
        var graph = Read(Graph);
        ImmutableArray<string> identities =
        [
            Identity(graph), Identity(Read("# the same\n" + Graph)),
            Identity(Read(Graph.Replace("type Two", "type Two @deprecate", StringComparison.Ordinal).Replace(" @deprecate", "", StringComparison.Ordinal))),
            Identity(Read(string.Join('\n', [.. lines[..3], lines[4], lines[3]]))),
            Identity(Read(Graph.Replace("{ x: Int @gateway__field(in: A) }", "{ x: Int! @gateway__field(in: A, type: \"Int!\") }", StringComparison.Ordinal))),
            Convert.ToHexString(PlanStorage.IdentityOf(graph, "another build")),
        ];
        Assert.All(identities[1..3], other => Assert.Equal(identities[0], other));
        Assert.Equal(4, identities.Distinct().Count());
        Assert.Equal(Convert.ToHexString(PlanStorage.IdentityOf(graph, "another build")), identities[5]);

        static Supergraph Read(string text) => SupergraphReader.Read(new SourceText(text)).Supergraph!;
        static string Identity(Supergraph supergraph) => Convert.ToHexString(PlanStorage.IdentityOf(supergraph));
    }

    private static (QueryPlan Plan, byte[] Bytes, Supergraph Supergraph) Stored()
    {
        var supergraph = TestGraph.Compose(Sources);
        var plan = PlanTest.Plan(supergraph, Operation);
        return (plan, PlanStorage.Write(plan)!, supergraph);
    }
}
