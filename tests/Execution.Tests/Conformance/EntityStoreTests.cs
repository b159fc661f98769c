using System.Buffers;
using System.Text;
using GraphGateway.Language;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>A query does not fetch an entity again that it already has from the same source.</summary>
public sealed class EntityStoreTests
{
    private const string First = """a {"query":"query { step0 }"}""";
    private const string Bosses = """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"},{"__typename":"User","id":"2"}]}}""";

    private static readonly ExecutionOptions Reuse = new() { ReusesEntities = true };

    // Users and their names are a's, who is whose boss is b's.
    private static QueryPlan Plan(string name = "name", string bossName = "name", string source = "a", OperationType operation = OperationType.Query) =>
        operation == OperationType.Query
            ? TestPlan.Build(
                $$"""{ users { id {{name}} boss @s(n: [1]) { id {{bossName}} @s(n: [2]) } } }""",
                new StepSpec("a"),
                new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
                new StepSpec(source, FetchKind.Representations, "users.boss") { After = [1] })
            : TestPlan.Build(
                "mutation { first { id name boss @s(n: [1]) { id name @s(n: [2]) } } }",
                new StepSpec("a") { Operation = operation },
                new StepSpec("b", FetchKind.Representations, "first") { After = [0] },
                new StepSpec("a", FetchKind.Representations, "first.boss") { After = [1] });

    private static string Asks(string source, params string[] ids) =>
        source + """ {"query":"query { step2 }","variables":{"representations":[""" + string.Join(",", ids.Select(id => $$"""{"__typename":"User","id":"{{id}}"}""")) + "]}}";

    [Fact]
    public Task Nothing_is_asked_when_all_is_there() => Check.Sends(
        Plan(),
        [
            (0, """{"data":{"users":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":{"id":"1"}}]}}"""),
        ],
        [First, Bosses],
        """{"data":{"users":[{"id":"1","name":"one","boss":{"id":"2","name":"two"}},{"id":"2","name":"two","boss":{"id":"1","name":"one"}}]}}""",
        Reuse);

    [Fact]
    public Task Only_what_is_missing_is_asked() => Check.Sends(
        Plan(),
        [
            (0, """{"data":{"users":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":{"id":"3"}}]}}"""),
            (2, """{"data":{"_entities":[{"name":"three"}]}}"""),
        ],
        [First, Bosses, Asks("a", "3")],
        """{"data":{"users":[{"id":"1","name":"one","boss":{"id":"2","name":"two"}},{"id":"2","name":"two","boss":{"id":"3","name":"three"}}]}}""",
        Reuse);

    // Nobody knows which nulls such an error has left.
    [Theory]
    [InlineData("", "")]
    [InlineData(""","path":["nobody"]""", "\"path\":[],")]
    public Task Nulls_beside_an_error_without_a_place_are_asked_for(string path, string told) => Check.Sends(
        Plan(),
        [
            (0, $$$"""{"data":{"users":[{"id":"1","name":"one"},{"id":"2","name":null}]},"errors":[{"message":"m"{{{path}}}}]}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":{"id":"1"}}]}}"""),
            (2, """{"data":{"_entities":[{"name":"two"}]}}"""),
        ],
        [First, Bosses, Asks("a", "2")],
        $$$"""
        {"errors":[{"message":"Unexpected error from a source.",{{{told}}}"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"users":[{"id":"1","name":"one","boss":{"id":"2","name":"two"}},{"id":"2","name":null,"boss":{"id":"1","name":"one"}}]}}
        """,
        Reuse);

    [Fact]
    public Task Everything_is_asked_where_the_store_is_off() => Check.Answers(
        Plan(),
        [
            (0, """{"data":{"users":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":{"id":"1"}}]}}"""),
            (2, """{"data":{"_entities":[{"name":"again two"},{"name":"again one"}]}}"""),
        ],
        """{"data":{"users":[{"id":"1","name":"one","boss":{"id":"2","name":"again two"}},{"id":"2","name":"two","boss":{"id":"1","name":"again one"}}]}}""");

    [Fact]
    public Task A_null_that_is_a_value_is_taken_over_and_one_with_an_error_is_not() => Check.Sends(
        Plan(),
        [
            (0, """{"data":{"users":[{"id":"1","name":null},{"id":"2","name":null}]},"errors":[{"message":"no","path":["users",1,"name"]}]}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":{"id":"1"}}]}}"""),
            (2, """{"data":{"_entities":[{"name":"two"}]}}"""),
        ],
        [First, Bosses, Asks("a", "2")],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["users",1,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"users":[{"id":"1","name":null,"boss":{"id":"2","name":"two"}},{"id":"2","name":null,"boss":{"id":"1","name":null}}]}}
        """,
        Reuse);

    [Fact]
    public Task Another_sources_word_does_not_count() => Check.Sends(
        Plan(source: "b"),
        [
            (0, """{"data":{"users":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":null}]}}"""),
            (2, """{"data":{"_entities":[{"name":"zwei"}]}}"""),
        ],
        [First, Bosses, Asks("b", "2")],
        """{"data":{"users":[{"id":"1","name":"one","boss":{"id":"2","name":"zwei"}},{"id":"2","name":"two","boss":null}]}}""",
        Reuse);

    [Fact]
    public Task Another_argument_is_another_value() => Check.Sends(
        Plan("greeting(to: \"you\")", "greeting(to: \"me\")"),
        [
            (0, """{"data":{"users":[{"id":"1","greeting":"hello you"},{"id":"2","greeting":"hi you"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":null}]}}"""),
            (2, """{"data":{"_entities":[{"greeting":"hi me"}]}}"""),
        ],
        [First, Bosses, Asks("a", "2")],
        """{"data":{"users":[{"id":"1","greeting":"hello you","boss":{"id":"2","greeting":"hi me"}},{"id":"2","greeting":"hi you","boss":null}]}}""",
        Reuse);

    [Fact]
    public Task The_same_argument_under_another_alias_is_the_same_value() => Check.Sends(
        Plan("a: greeting(to: \"you\")", "b: greeting(to: \"you\")"),
        [
            (0, """{"data":{"users":[{"id":"1","a":"hello you"},{"id":"2","a":"hi you"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":null}]}}"""),
        ],
        [First, Bosses],
        """{"data":{"users":[{"id":"1","a":"hello you","boss":{"id":"2","b":"hi you"}},{"id":"2","a":"hi you","boss":null}]}}""",
        Reuse);

    [Fact]
    public Task A_mutation_asks_again() => Check.Sends(
        Plan(operation: OperationType.Mutation),
        [
            (0, """{"data":{"first":{"id":"1","name":"one"}}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"1"}}]}}"""),
            (2, """{"data":{"_entities":[{"name":"one since then"}]}}"""),
        ],
        [
            """a {"query":"mutation { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""",
            Asks("a", "1"),
        ],
        """{"data":{"first":{"id":"1","name":"one","boss":{"id":"1","name":"one since then"}}}}""",
        Reuse);

    // Nicks of users and of their bosses travel together; those of the users could be asked a round earlier.
    private static QueryPlan Together() => TestPlan.Build(
        "{ users { id nick @s(n: [2]) boss @s(n: [1]) { id nick @s(n: [3]) } } }",
        new StepSpec("a"),
        new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
        new StepSpec("a", FetchKind.Representations, "users") { After = [0], Request = 1 },
        new StepSpec("a", FetchKind.Representations, "users.boss") { After = [1], Request = 1, Document = 2 });

    private static string Nicks(params string[] ids) =>
        """a {"query":"query($representations: _Any) { _entities(representations: $representations) { step2 } }","variables":{"representations":["""
        + string.Join(",", ids.Select(id => $$"""{"__typename":"User","id":"{{id}}"}""")) + "]}}";

    [Fact]
    public Task Those_that_can_spare_the_others_a_request_go_ahead() => Check.Sends(
        Together(),
        [
            (0, """{"data":{"users":[{"id":"1"},{"id":"2"}]}}"""),
            (1, """{"data":{"_entities":[{"boss":{"id":"2"}},{"boss":{"id":"1"}}]}}"""),
            (2, """{"data":{"_entities":[{"nick":"one"},{"nick":"two"}]}}"""),
        ],
        [First, Bosses, Nicks("1", "2")],
        """{"data":{"users":[{"id":"1","nick":"one","boss":{"id":"2","nick":"two"}},{"id":"2","nick":"two","boss":{"id":"1","nick":"one"}}]}}""",
        Reuse);

    [Fact]
    public async Task What_waits_for_those_that_went_ahead_starts_beside_the_others()
    {
        var plan = TestPlan.Build(
            "{ users { id nick @s(n: [2]) age @s(n: [4]) boss @s(n: [1]) { id nick @s(n: [3]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "users") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "users") { After = [0], Request = 1 },
            new StepSpec("a", FetchKind.Representations, "users.boss") { After = [1], Request = 1, Document = 2 },
            new StepSpec("b", FetchKind.Representations, "users") { After = [2] });
        var script = new Script((step, body) => step switch
        {
            0 => """{"data":{"users":[{"id":"1"}]}}""",
            1 => """{"data":{"_entities":[{"boss":{"id":"9"}}]}}""",
            4 => """{"data":{"_entities":[{"age":5}]}}""",
            _ => body.Contains('9', StringComparison.Ordinal) ? """{"data":{"_entities":[{"nick":"nine"}]}}""" : """{"data":{"_entities":[{"nick":"one"}]}}""",
        });
        Assert.Equal("""{"data":{"users":[{"id":"1","nick":"one","age":5,"boss":{"id":"9","nick":"nine"}}]}}""", await Check.Run(plan, script, Reuse));
    }

    [Fact]
    public async Task They_travel_together_again_when_going_ahead_has_spared_nothing()
    {
        var plan = Together();
        var sent = new List<string>();
        var transport = new ScriptTransport(new Script((step, body) =>
        {
            sent.Add(body);
            return step switch
            {
                0 => """{"data":{"users":[{"id":"1"}]}}""",
                1 => """{"data":{"_entities":[{"boss":{"id":"9"}}]}}""",
                _ when body.Contains("},{", StringComparison.Ordinal) => """{"data":{"_entities":[{"nick":"one"},{"nick":"nine"}]}}""",
                _ when body.Contains('9', StringComparison.Ordinal) => """{"data":{"_entities":[{"nick":"nine"}]}}""",
                _ => """{"data":{"_entities":[{"nick":"one"}]}}""",
            };
        }));
        var executor = new PlanExecutor(plan.Supergraph, transport, Reuse);
        var prepared = executor.Prepare(plan);
        const string expected = """{"data":{"users":[{"id":"1","nick":"one","boss":{"id":"9","nick":"nine"}}]}}""";
        Assert.Equal((expected, 4), await RunAsync());
        Assert.Equal((expected, 3), await RunAsync());

        async Task<(string, int)> RunAsync()
        {
            sent.Clear();
            using var result = await executor.ExecuteAsync(prepared, new ExecutionRequest { Document = new SourceText("") }, default);
            var output = new ArrayBufferWriter<byte>();
            result.WriteTo(output);
            return (Encoding.UTF8.GetString(output.WrittenSpan), sent.Count);
        }
    }
}
