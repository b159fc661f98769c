using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// What earlier requests were told is not asked for again, whichever way entities travel: the exact bytes that are sent for the others, and the answer in
/// which all stand where they belong.
/// </summary>
public sealed class EntityCacheTests
{
    private const string Answer = """{"data":{"maybe":[{"id":"1","name":"n1"},{"id":"2","name":"n2"},{"id":"3","name":"n3"},{"id":"4","name":"n4"},{"id":"3","name":"n3"}]}}""";
    private const string Known = """{"data":{"maybe":[{"id":"3","name":"n3"},{"id":"1","name":"n1"}]}}""";

    private readonly MemoryEntities cache = new();

    public static TheoryData<string, FetchKind, string> Forms => new()
    {
        { "b", FetchKind.Representations, """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"2"},{"__typename":"User","id":"4"}]}}""" },
        { "a", FetchKind.Lookup, """a {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":[{"id":"2"},{"id":"4"}]}""" },
        { "b", FetchKind.Lookup, """b {"query":"query($id_0: ID, $id_1: ID) { _0: find(id: $id_0) { step1 } _1: find(id: $id_1) { step1 } }","variables":{"id_0":"2","id_1":"4"}}""" },
        { "d", FetchKind.Lookup, """d [{"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"2"}},{"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"4"}}]""" },
        {
            "c", FetchKind.Lookup,
            """
            c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"2"}}
            c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"4"}}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Only_those_that_are_missing_are_asked_for(string source, FetchKind kind, string expected)
    {
        foreach (var isLate in (bool[])[false, true])
        {
            cache.IsLate = isLate;
            cache.Kept.Clear();
            Assert.Equal(Known, await RunAsync(Plan(source, kind), Maybe("3", "1"), out _));
            Assert.Equal(["n1", "n3"], cache.Kept.Values.Select(Name).Order());
            Assert.Equal(Answer, await RunAsync(Plan(source, kind), Maybe("1", "2", "3", "4", "3"), out var sent));
            Assert.Equal(expected, string.Join('\n', sent.Skip(1)));
            Assert.Equal(Answer, await RunAsync(Plan(source, kind), Maybe("1", "2", "3", "4", "3"), out var second));
            Assert.Single(second);
            Assert.Equal((0, 4), (cache.Open, cache.Kept.Count));
        }
    }

    [Fact]
    public async Task Steps_that_travel_together_ask_for_what_is_missing_in_any_of_them()
    {
        var plan = TestPlan.Build(
            "{ user { id name @s(n: [1]) } maybe { id name @s(n: [2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0], Request = 1 },
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0], Request = 1, Document = 1 });
        await RunAsync(plan, """{"data":{"user":null,"maybe":[{"id":"3"}]}}""", out _);
        Assert.Equal(
            """{"data":{"user":{"id":"1","name":"n1"},"maybe":[{"id":"3","name":"n3"},{"id":"1","name":"n1"},{"id":"2","name":"n2"}]}}""",
            await RunAsync(plan, """{"data":{"user":{"id":"1"},"maybe":[{"id":"3"},{"id":"1"},{"id":"2"}]}}""", out var sent));
        Assert.Equal(
            """b {"query":"query($representations: _Any) { _entities(representations: $representations) { step1 } }","variables":{"representations":[{"__typename":"User","id":"1"},{"__typename":"User","id":"2"}]}}""",
            Assert.Single(sent.Skip(1)));
        Assert.Equal((0, 3), (cache.Open, cache.Kept.Count));
    }

    [Fact]
    public async Task Of_lookups_in_turn_each_is_asked_for_what_is_missing_of_its_own()
    {
        var plan = TestPlan.Build(
            "{ maybe { id @hidden title name @s(n: [1, 2]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "maybe") { After = [0], Request = 1, Lookup = "byId" },
            new StepSpec("b", FetchKind.Lookup, "maybe", "title") { After = [0], InsteadOf = [1], Request = 1, Lookup = "byTitle" });
        var script = new Script((step, body) => step switch
        {
            0 => """{"data":{"maybe":[{"id":"1","title":"s"},{"id":null,"title":"t"},{"id":"1","title":null}]}}""",
            1 => body.Contains("byTitle", StringComparison.Ordinal) ? """{"data":{"_0":{"name":"n1"},"_1":{"name":null}}}""" : """{"data":{"byId":{"name":"n1"}}}""",
            _ => """{"data":{"byTitle":{"name":"n2"}}}""",
        });
        var unknown = """{"data":{"maybe":[{"title":"s","name":"n1"},{"title":"t","name":null},{"title":null,"name":"n1"}]}}""";
        Assert.Equal(unknown, await RunAsync(plan, script));
        cache.Kept.Remove(cache.Kept.Keys.Single(key => key.Contains("byTitle", StringComparison.Ordinal)));
        Assert.Equal(unknown.Replace("null}", "\"n2\"}", StringComparison.Ordinal), await RunAsync(plan, script));
        Assert.Equal(unknown.Replace("null}", "\"n2\"}", StringComparison.Ordinal), await RunAsync(plan, script));
        Assert.Equal(
            [
                """a {"query":"query { step0 }"}""",
                """b {"query":"query($id_0: ID, $title_1: ID) { _0: byId(id: $id_0) { step1 } _1: byTitle(title: $title_1) { step2 } }","variables":{"id_0":"1","title_1":"t"}}""",
                """a {"query":"query { step0 }"}""",
                """b {"query":"query($title: ID) { byTitle(title: $title) { step2 } }","variables":{"title":"t"}}""",
                """a {"query":"query { step0 }"}""",
            ],
            script.Requests);
        Assert.Equal((0, 2), (cache.Open, cache.Kept.Count));
    }

    [Fact]
    public async Task Where_all_is_known_steps_that_depend_on_it_go_on()
    {
        var plan = TestPlan.Build(
            "{ user { id boss @s(n: [1]) { id name @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
            new StepSpec("c", FetchKind.Lookup, "user.boss") { After = [1] });
        const string expected = """{"data":{"user":{"id":"1","boss":{"id":"9","name":"n9"}}}}""";
        Assert.Equal(expected, await RunAsync(plan, """{"data":{"user":{"id":"1"}}}""", out var first));
        Assert.Equal(expected, await RunAsync(plan, """{"data":{"user":{"id":"1"}}}""", out var second));
        Assert.Equal((3, 1, 2), (first.Count, second.Count, cache.Kept.Count));
    }

    [Theory]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":"y"}]},"errors":[{"message":"m"}]}""", 0)]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":"y"}]},"errors":[{"message":"m","path":["_entities",0,"name"]}]}""", 0)]
    [InlineData("""{"data":{"_entities":[{"name":"x"},null]}}""", 1)]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{}]}}""", 0)]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":7}]}}""", 0)]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":null}]}}""", 2)]
    [InlineData("""{"data":{"_entities":[{"name":"x"}]}}""", 0)]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":"y"}]}""", 0)]
    [InlineData("""{"data":null,"errors":[{"message":"m"}]}""", 0)]
    [InlineData("""{"data":{"_entities":null}}""", 0)]
    public async Task What_is_not_whole_is_not_kept(string answer, int kept)
    {
        var plan = Plan("b", FetchKind.Representations);
        var script = new Script((step, _) => step == 0 ? Maybe("1", "2") : answer);
        await RunAsync(plan, script);
        Assert.Equal((0, kept), (cache.Open, cache.Kept.Count));
    }

    [Fact]
    public async Task Nothing_stays_open_when_the_client_leaves_while_it_is_looked_up()
    {
        using var leaving = new CancellationTokenSource();
        cache.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cache.Looked = leaving.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Plan("b", FetchKind.Representations), new Script((_, _) => Maybe("1")), leaving.Token));
        Assert.Equal((0, 0), (cache.Open, cache.Kept.Count));
    }

    private static QueryPlan Plan(string source, FetchKind kind) => TestPlan.Build(
        "{ maybe { id name @s(n: [1]) } }", new StepSpec("a"), new StepSpec(source, kind, "maybe") { After = [0] });

    private static string Maybe(params string[] ids) => $"{{\"data\":{{\"maybe\":[{string.Join(',', ids.Select(id => $"{{\"id\":\"{id}\"}}"))}]}}}}";

    private static string Name(byte[] value) => Regex.Match(Encoding.UTF8.GetString(value), "n[0-9]+").Value;

    private Task<string> RunAsync(QueryPlan plan, string objects, out List<string> requests)
    {
        var script = new Script((step, body) => step == 0 ? objects : Entities(step, body));
        requests = script.Requests;
        return RunAsync(plan, script);
    }

    // Each entity that is asked for has its id as name, and a boss.
    private static string Entities(int step, string body)
    {
        var values = Regex.Matches(body, "\"id(_[0-9]+)?\":\"([0-9]+)\"").Select(match => match.Groups[2].Value)
            .Select(id => body.Contains("step1", StringComparison.Ordinal) || step == 2 ? $"{{\"name\":\"n{id}\",\"boss\":{{\"id\":\"9\"}}}}" : "{}").ToArray();
        return body.Contains("representations", StringComparison.Ordinal) ? $"{{\"data\":{{\"_entities\":[{string.Join(',', values)}]}}}}"
            : body.StartsWith('[') ? $"[{string.Join(',', values.Select(value => $"{{\"data\":{{\"find\":{value}}}}}"))}]"
            : body.Contains("\"variables\":[", StringComparison.Ordinal) ? $"[{string.Join(',', values.Select((value, i) => $"{{\"variableIndex\":{i},\"data\":{{\"find\":{value}}}}}"))}]"
            : body.Contains("_0:", StringComparison.Ordinal) ? $"{{\"data\":{{{string.Join(',', values.Select((value, i) => $"\"_{i}\":{value}"))}}}}}"
            : $"{{\"data\":{{\"find\":{values.Single()}}}}}";
    }

    private async Task<string> RunAsync(QueryPlan plan, Script script, CancellationToken cancellationToken = default)
    {
        var executor = new PlanExecutor(plan.Supergraph, new ScriptTransport(script), new ExecutionOptions());
        using var result = await executor.ExecuteAsync(
            executor.Prepare(plan), new ExecutionRequest { Document = new SourceText(""), Entities = cache }, cancellationToken);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Keeps all entities, by all that they are asked by.</summary>
    private sealed class MemoryEntities : IEntityCache
    {
        public Dictionary<string, byte[]> Kept { get; } = [];

        /// <summary>Lookups that have begun and not ended.</summary>
        public int Open { get; private set; }

        /// <summary>Answers only when everybody waits for it.</summary>
        public bool IsLate { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public Action? Looked { get; set; }

        public async ValueTask FindAsync(EntityLookup[] lookups, CancellationToken cancellationToken)
        {
            foreach (var lookup in lookups)
            {
                Open++;
                lookup.Notes = Enumerable.Range(0, lookup.Count).Select(i => KeyOf(lookup, i)).ToArray();
                for (var i = 0; i < lookup.Count; i++)
                {
                    lookup.Values[i] = Kept.GetValueOrDefault(((string[])lookup.Notes)[i]);
                }
            }

            Looked?.Invoke();
            await (Gate?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            if (IsLate)
            {
                await Task.Yield();
            }
        }

        public void Keep(EntityLookup lookup, int entity, int position, int count, SubgraphResponse answer, ReadOnlySpan<byte> value) =>
            Kept[((string[])lookup.Notes!)[entity]] = value.ToArray();

        public void End(EntityLookup lookup)
        {
            Open -= lookup.Notes is null ? 0 : 1;
            lookup.Notes = null;
        }

        private static string KeyOf(EntityLookup lookup, int entity) =>
            $"{lookup.Source.Name} {Encoding.UTF8.GetString(lookup.Document.Span)} {Encoding.UTF8.GetString(lookup.Variables.Span)} {Encoding.UTF8.GetString(lookup.Inputs(entity))}";
    }
}
