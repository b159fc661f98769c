using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class OperationsCommandTests : IDisposable
{
    private const string Shop = """
        schema @gateway__supergraph(version: 1) {
          query: Query
          mutation: Mutation
        }

        enum gateway__Source {
          ORDERS @gateway__source(name: "orders", url: "http://127.0.0.1:1/graphql", dialect: COMPOSITE)
          USERS @gateway__source(name: "users", url: "http://127.0.0.1:2/graphql", dialect: COMPOSITE)
        }

        type Query @gateway__type(in: [ORDERS, USERS]) {
          hello(name: String): String @gateway__field(in: USERS)
          other: String @gateway__field(in: ORDERS)
          names: [String!] @gateway__field(in: ORDERS)
        }

        type Mutation @gateway__type(in: USERS) {
          greet: String @cost(weight: "7") @gateway__field(in: USERS)
        }
        """;

    private const string Apollo = """
        {"format":"apollo-persisted-query-manifest","version":1,"operations":[
          {"id":"a1","name":"Greet","type":"query","body":"query Greet { hello }"},
          {"id":"a2","name":"Change","type":"mutation","body":"mutation Change { greet }"},
          {"id":"a3","name":"Both","type":"query","body":"query Both($yes: Boolean!) { hello other @include(if: $yes) }"}]}
        """;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private readonly string schema;
    private readonly string store;

    public OperationsCommandTests()
    {
        schema = folder.Write("supergraph.graphql", Shop);
        store = Path.Combine(folder.Path, "operations.db");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Operations_are_published_listed_checked_and_retired()
    {
        var manifest = folder.Write("manifest.json", Apollo);
        Assert.Equal(
            (0,
            """
            ID  NAME    FIELD COST  TYPE COST  REQUESTS  DEPTH
            a2  Change  7           1          1         1
            a1  Greet   0           1          1         1
            a3  Both    0           1          2         1

            """,
            "Published 3 operations for web, 1.4.2: 3 new. Gateways know them within 10 seconds.\n"),
            await RunAsync("publish", manifest, "--client", "web", "--tag", "1.4.2", "--schema", schema));
        clock.Advance(TimeSpan.FromHours(1));
        var (code, _, error) = await RunAsync("publish", manifest, "--client", "web", "--tag", "1.4.2", "--schema", schema);
        Assert.Equal((0, "Published before: 3 operations for web, 1.4.2. Nothing has changed.\n"), (code, error));

        var documents = folder.Write("documents/sub/greet.graphql", "{ hello(name: \"ada\") }\n");
        folder.Write("documents/other.gql", "{ names }");
        folder.Write("documents/read.me", "no document");
        var relay = folder.Write("relay.json", """{"6b9c":"query Relay {\n  other\n}\n"}""");
        (code, var output, error) = await RunAsync("publish", Path.Combine(folder.Path, "documents"), relay, "--tag", "all", "--schema", schema);
        Assert.Equal((0, "Published 3 operations for all clients, all: 3 new. Gateways know them within 10 seconds.\n"), (code, error));
        Assert.Contains($"{PublishedOperation.HashOf("{ hello(name: \"ada\") }\n")}  -      ", output, StringComparison.Ordinal);
        Assert.Equal(
            (0,
            """
            CLIENT  TAG    OPERATIONS  PUBLISHED
            -       all    3           2030-01-01T01:00:00Z
            web     1.4.2  3           2030-01-01T00:00:00Z

            """,
            ""),
            await RunAsync("list"));
        Assert.Equal((0, "6 persisted operations: all can be answered.\n", ""), await RunAsync("check", "--schema", schema));

        var next = folder.Write("next.graphql", Shop.Replace("  other: String @gateway__field(in: ORDERS)\n", "", StringComparison.Ordinal));
        Assert.Equal(
            (1, "2 of 6 persisted operations would break.\n",
            """
            all clients, all: 6b9c (Relay) 2:3: Cannot query field "other" on type "Query".
            web, 1.4.2: a3 (Both) 1:36: Cannot query field "other" on type "Query".

            """),
            await RunAsync("check", "--schema", next));
        Assert.Equal((0, "Release all of all clients is retired: 3 documents went that no other release has. Gateways know it within 10 seconds.\n", ""), await RunAsync("retire", "--tag", "all"));
        Assert.Equal((1, "", "There is no release all of all clients: `graphgateway operations list` shows which there are.\n"), await RunAsync("retire", "--tag", "all"));
        Assert.True(File.Exists(documents));
    }

    // Two entries of a manifest, and a file of its own: tools write an operation for each place that has it.
    [Fact]
    public async Task What_comes_several_times_is_one_operation()
    {
        const string entry = """{"id":"a1","name":"Greet","type":"query","body":"query Greet { hello }"}""";
        const string head = """{"format":"apollo-persisted-query-manifest","version":1,"operations":[""";
        var (twice, again) = (folder.Write("manifest.json", $"{head}{entry},{entry}]}}"), folder.Write("relay.json", """{"a1":"query Greet { hello }"}"""));
        Assert.Equal(
            (0,
            """
            ID  NAME   FIELD COST  TYPE COST  REQUESTS  DEPTH
            a1  Greet  0           1          1         1

            """,
            "Published 1 operation for web, 1: 1 new. Gateways know them within 10 seconds.\n"),
            await RunAsync("publish", twice, again, "--client", "web", "--tag", "1", "--schema", schema));

        // What is said of it counts for each, and an identifier stands for one text.
        var other = folder.Write("other.json", $"{head}{entry},{entry.Replace("\"Greet\"", "\"Greeting\"", StringComparison.Ordinal)}]}}");
        Assert.Equal(
            (1, "", $"{other}: a1 (Greet): The manifest calls it \"Greeting\", and its body has \"Greet\".\n1 problem. Nothing is published.\n"),
            await RunAsync("publish", other, "--client", "web", "--tag", "2", "--schema", schema));
        var text = folder.Write("text.json", $"{head}{entry},{entry.Replace("hello", "other", StringComparison.Ordinal)}]}}");
        Assert.Equal(
            (1, "", "Nothing is published: An identifier stands for one text; these come with several. a1\n"), await RunAsync("publish", text, "--client", "web", "--tag", "2", "--schema", schema));
    }

    [Fact]
    public async Task Where_one_operation_fails_all_that_fail_are_listed_and_nothing_is_stored()
    {
        var manifest = folder.Write("manifest.json", """
            {"1":"query Fine { hello }","2":"query Wrong { hallo\n nothing }","3":"{","4":"fragment F on Query { hello }","5":"query Deferred { ... @defer { hello } }","sha256:00":"{ hello }","7":"query Twice { hello } query Names { names(x: 1) }"}
            """);
        var (code, output, error) = await RunAsync("publish", manifest, "--tag", "1", "--schema", schema);
        Assert.Equal(
            (1, "",
            $"""
            {manifest}: 2 (Wrong) 1:15: Cannot query field "hallo" on type "Query". Did you mean "hello"?
            {manifest}: 2 (Wrong) 2:2: Cannot query field "nothing" on type "Query".
            {manifest}: 3 1:2: Syntax Error: Expected Name, found <EOF>.
            {manifest}: 4: The document has no operation.
            {manifest}: 5 (Deferred) 1:22: @defer is not supported: the answer always comes in one piece. Leave the directive out.
            {manifest}: 00: The identifier says by "sha256:" that it is the text's hash, which is {PublishedOperation.HashOf("{ hello }")}.
            {manifest}: 7 (Twice, Names) 1:43: Unknown argument "x" on field "Query.names".
            7 problems. Nothing is published.

            """),
            (code, output, error));
        Assert.Equal((0, "", "There are no releases. `graphgateway operations publish MANIFEST --tag NAME --schema FILE` publishes one.\n"), await RunAsync("list"));
    }

    [Fact]
    public async Task Machines_are_told_in_json()
    {
        var manifest = folder.Write("manifest.json", """{"1":"query Greet { hello }"}""");
        Assert.Equal(
            (0, """{"success":true,"client":"web","tag":"1","added":1,"wasThere":false,"operations":[{"id":"1","name":"Greet","fieldCost":0,"typeCost":1,"requests":1,"depth":1}]}""", ""),
            Compact(await RunAsync("publish", manifest, "--client", "web", "--tag", "1", "--schema", schema, "--json")));
        Assert.Equal(
            (0, """{"success":true,"releases":[{"client":"web","tag":"1","operations":1,"published":"2030-01-01T00:00:00Z"}]}""", ""), Compact(await RunAsync("list", "--json")));
        var next = folder.Write("next.graphql", Shop.Replace("hello(name: String)", "hello(name: String!)", StringComparison.Ordinal));
        Assert.Equal(
            (1, """{"success":false,"operations":1,"problems":[{"client":"web","tags":["1"],"id":"1","name":"Greet","line":1,"column":15,"message":"Field \"hello\" argument \"name\" of type \"String!\" is required, but it was not provided."}]}""", ""),
            Compact(await RunAsync("check", "--schema", next, "--json")));
        var wrong = folder.Write("wrong.json", """{"2":"{ nothing }"}""");
        Assert.Equal(
            (1, $$"""{"success":false,"problems":[{"file":{{JsonSerializer.Serialize(wrong)}},"id":"2","line":1,"column":3,"message":"Cannot query field \"nothing\" on type \"Query\"."}]}""", ""),
            Compact(await RunAsync("publish", wrong, "--tag", "2", "--schema", schema, "--json")));
        Assert.Equal((0, """{"success":true,"client":"web","tag":"1","removed":1}""", ""), Compact(await RunAsync("retire", "--client", "web", "--tag", "1", "--json")));
    }

    [Fact]
    public async Task What_contradicts_what_is_published_is_refused_with_its_names()
    {
        var first = folder.Write("first.json", """{"1":"{ hello }","2":"{ other }"}""");
        Assert.Equal(0, (await RunAsync("publish", first, "--tag", "1", "--schema", schema)).Code);
        var second = folder.Write("second.json", """{"1":"{ hello }","2":"{ names }"}""");
        Assert.Equal(
            (1, "", "Nothing is published: The tag is published with other operations; these differ. Choose another tag, or retire this one first. 2\n"),
            await RunAsync("publish", second, "--tag", "1", "--schema", schema));
        Assert.Equal((1, "", "Nothing is published: The client has published other texts by these identifiers. 2\n"), await RunAsync("publish", second, "--tag", "2", "--schema", schema));
    }

    [Fact]
    public async Task What_a_manifest_calls_otherwise_than_its_text_is_told_and_nothing_is_stored()
    {
        var manifest = folder.Write("manifest.json", """
            {"format":"apollo-persisted-query-manifest","version":1,"operations":[
              {"id":"1","name":"Wrong","type":"query","body":"query Other { hello }"},
              {"id":"2","name":"Greet","type":"mutation","body":"query Greet { hello }"},
              {"id":"3","name":"Fine","type":"query","body":"query Fine { hello }"}]}
            """);
        Assert.Equal(
            (1, "", $"""
            {manifest}: 1 (Other): The manifest calls it "Wrong", and its body has "Other".
            {manifest}: 2 (Greet): The manifest says that it is a mutation, and its body has a query.
            2 problems. Nothing is published.

            """.ReplaceLineEndings("\n")),
            await RunAsync("publish", manifest, "--tag", "1", "--schema", schema));
        Assert.StartsWith("There are no releases.", (await RunAsync("list")).Error, StringComparison.Ordinal);
    }

    // What large frontends have, whole: read, held against the graph and stored in one transaction.
    [Fact]
    public async Task A_manifest_of_a_hundred_thousand_operations_is_published()
    {
        const int count = 100_000;
        var operations = Enumerable.Range(0, count).Select(static i => $$"""{"id":"{{i}}","name":"Q{{i}}","type":"query","body":"query Q{{i}} { hello }"}""");
        var manifest = folder.Write("manifest.json", $$"""{"format":"apollo-persisted-query-manifest","version":1,"operations":[{{string.Join(',', operations)}}]}""");
        var (code, _, error) = await RunAsync("publish", manifest, "--client", "web", "--tag", "1", "--schema", schema);
        Assert.Equal((0, "Published 100000 operations for web, 1: 100000 new. Gateways know them within 10 seconds.\n"), (code, error));
        await using var opened = OperationStore.At(store);
        Assert.Equal(count, (await opened.ReadAsync(default)).Length);
    }

    [Fact]
    public async Task A_manifest_can_name_the_client_but_not_another_one()
    {
        const string text = """{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"1","name":"A","type":"query","body":"query A { hello }","clientName":"ios"}]}""";
        var manifest = folder.Write("manifest.json", text);
        Assert.Equal(
            (1, "", "The manifest names other clients, ios: publish each client's operations by themselves.\n"),
            await RunAsync("publish", manifest, "--client", "web", "--tag", "1", "--schema", schema));
        Assert.Equal("Published 1 operation for ios, 1: 1 new. Gateways know them within 10 seconds.\n", (await RunAsync("publish", manifest, "--tag", "1", "--schema", schema)).Error);
    }

    [Fact]
    public async Task Wrong_arguments_are_told()
    {
        var manifest = folder.Write("manifest.json", """{"1":"{ hello }"}""");
        var missing = Path.Combine(folder.Path, "nothing.json");
        Assert.Equal((1, "", $"{missing} cannot be read: there is no such file.\n"), await RunAsync("publish", missing, "--tag", "1", "--schema", schema));
        Assert.Equal(
            (1, "", $"{missing} cannot be read: there is no such file. Give --schema the file that \"graphgateway compose\" wrote.\n"), await RunAsync("check", "--schema", missing));
        Assert.Equal(
            (1, "", "--client and --tag: a name has 1 to 128 characters, none of them a control character.\n"), await RunAsync("publish", manifest, "--tag", " ", "--schema", schema));
        Assert.Equal((1, "", "Where are the operations? Give --store PLACE, or set Gateway__PersistedOperations__Store.\n"), await Cli.Run("operations", "list"));
        Assert.Equal((1, "", "The store of the operations cannot be used: the place is no connection string of PostgreSQL that can be read. Write it as Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...\n"), await Cli.Run("operations", "list", "--store", "Host=x;Passwort=secret"));
    }

    [Fact]
    public async Task A_schema_check_names_the_persisted_operations_that_would_break()
    {
        var manifest = folder.Write("manifest.json", """{"1":"query Names { users(first: 1) { nodes { name } } }","2":"query Gone { users(first: 1) { nodes { shoeSize } } }"}""");
        var published = folder.Write("published.graphql", (await File.ReadAllTextAsync(Repository.PathOf("schemas/supergraph.graphql")))
            .Replace("  userById(id: ID!)", "  shoes: String @gateway__field(in: USERS)\n  userById(id: ID!)", StringComparison.Ordinal));
        var fine = folder.Write("fine.json", """{"1":"query Names { users(first: 1) { nodes { name } } }","2":"query Gone { shoes }"}""");
        Assert.Equal(1, (await RunAsync("publish", manifest, "--client", "web", "--tag", "1", "--schema", published)).Code);
        Assert.Equal(0, (await RunAsync("publish", fine, "--client", "web", "--tag", "1", "--schema", published)).Code);
        string[] check = ["check", Repository.PathOf("schemas"), "--schema", Repository.PathOf("schemas/supergraph.graphql"), "--operations", store];
        var (code, output, _) = await Cli.Run(check);
        Assert.Equal(
            (1, "Nothing changes for clients. 1 of 2 persisted operations would break.\n  web, 1: 2 (Gone) 1:14: Cannot query field \"shoes\" on type \"Query\".\n"), (code, output));
        (code, output, _) = await Cli.Run([.. check, "--markdown"]);
        Assert.Equal(1, code);
        Assert.EndsWith("| web | 1 | Gone `2` | Cannot query field \"shoes\" on type \"Query\". |\n", output, StringComparison.Ordinal);
        (code, output, _) = await Cli.Run([.. check, "--json"]);
        Assert.Equal(
            (1, """{"success":false,"problems":[],"changes":[],"operations":{"count":2,"broken":[{"client":"web","tags":["1"],"id":"2","name":"Gone","line":1,"column":14,"message":"Cannot query field \"shoes\" on type \"Query\"."}],"costs":{"raised":0,"lowered":0,"changed":[]}}}"""),
            (code, Compact((0, output, "")).Output));
    }

    [Fact]
    public async Task Plans_are_shown_where_they_are_wanted()
    {
        var manifest = folder.Write("manifest.json", Apollo);
        var (code, output, error) = await RunAsync("publish", manifest, "--client", "web", "--tag", "1.4.2", "--schema", schema, "--plan");
        Assert.Equal((0, "Published 3 operations for web, 1.4.2: 3 new. Gateways know them within 10 seconds.\n"), (code, error));
        Snapshot.Match(output);
        (code, output, _) = Compact(await RunAsync("publish", manifest, "--client", "web", "--tag", "1.4.2", "--schema", schema, "--plan", "--json"));
        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(
            ["""{"operation":"Both","conditions":{"yes":true},""", """{"operation":"Both","conditions":{"yes":false},"""],
            json.RootElement.GetProperty("operations")[2].GetProperty("plans").EnumerateArray().Select(plan => JsonSerializer.Serialize(plan, Plain).Split("\"plan\"")[0]));
        Assert.Equal(JsonValueKind.Object, json.RootElement.GetProperty("operations")[0].GetProperty("plans")[0].GetProperty("plan").ValueKind);
    }

    // Of a release that nobody reads whole.
    [Fact]
    public async Task Plans_are_shown_of_as_many_operations_as_are_shown()
    {
        var manifest = folder.Write("many.json", $"{{{string.Join(',', Enumerable.Range(0, 60).Select(i => $"\"{i:00}\":\"query Q{i:00} {{ hello }}\""))}}}");
        var (code, output, _) = await RunAsync("publish", manifest, "--tag", "1", "--schema", schema, "--plan");
        Assert.Equal((0, 50), (code, output.Split("\nPlan of ").Length - 1));
        Assert.Contains("\nThese cost most; --json tells all 60. Plans are shown of these 50.\n", output, StringComparison.Ordinal);
        (_, output, _) = await RunAsync("publish", manifest, "--tag", "1", "--schema", schema, "--plan", "--json");
        Assert.Equal(50, output.Split("\"plans\"").Length - 1);
    }

    [Fact]
    public async Task One_is_told_as_one()
    {
        var manifest = folder.Write("one.json", """{"1":"query One { a: hello b: hello }"}""");
        var settings = folder.Write("appsettings.json", """{ "Gateway": { "Limits": { "Aliases": { "Max": 1, "Mode": "Measure" } } } }""");
        Assert.Equal(
            $"""
            Measured: {manifest}: 1: Operation "One" has 2 aliases; at most 1 are allowed (setting Gateway:Limits:Aliases).
            1 of 1 operation is beyond a limit that the gateway measures and does not enforce: it runs.
            Published 1 operation for all clients, 1: 1 new. Gateways know them within 10 seconds.

            """.ReplaceLineEndings("\n"),
            (await RunAsync("publish", manifest, "--tag", "1", "--schema", schema, "--gateway", settings)).Error);
        Assert.Equal((0, "Release 1 of all clients is retired: 1 document went that no other release has. Gateways know it within 10 seconds.\n", ""), await RunAsync("retire", "--tag", "1"));
    }

    private static (int Code, string Output, string Error) Compact((int Code, string Output, string Error) result)
    {
        using var json = JsonDocument.Parse(result.Output);
        return (result.Code, JsonSerializer.Serialize(json.RootElement, Plain), result.Error);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var root = new RootCommand { OperationsCommand.Create(clock) };
        var code = await root.Parse(["operations", .. arguments, "--store", store]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
