using System.CommandLine;
using System.Text.Json.Nodes;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>
/// Published operations by the clients that applications use, unchanged: npm's <c>@apollo/client</c>, <c>urql</c> and <c>relay-runtime</c>. Their own tools
/// write the manifest, our command publishes it, and each test has what goes over the wire and what the application gets.
/// </summary>
public sealed class PublishedClientTests
{
    private const string Hello = "query Hello { hello }";
    private const string HelloId = "c3480ac7c119a88553b36f3f0ff43583b7c01f3b399dfe074d84b7daad442e38";
    private const string HelloText = """query Hello {\n  hello\n}""";
    private const string HelloAnswer = """200 {"data":{"hello":"world"}}""";
    private const string User = "query User($id: ID!) { user(id: $id) { ...Name } } fragment Name on User { name }";
    private const string UserId = "1c7a1b8da153375a7ef7abb457f9760b02987263fb9dc1ec4aaec6671b6c41ca";
    private const string UserText = """query User($id: ID!) {\n  user(id: $id) {\n    ...Name\n    __typename\n  }\n}\n\nfragment Name on User {\n  name\n  __typename\n}""";
    private const string UserAnswer = """200 {"data":{"user":{"name":"Ada","__typename":"User"}}}""";
    private const string Greet = "mutation Greet { greet }";
    private const string GreetId = "ee79ad4bda66b0f6cd602f4b17b298ed9bbbd3a6ccf893891755cda0002490d5";
    private const string One = """{"id":"1"}""";
    private const string Unknown = "No operation is published for this client by this identifier.";
    private const string NotInList = $$$"""404 {"errors":[{"message":"{{{Unknown}}}","extensions":{"code":"PERSISTED_QUERY_NOT_IN_LIST"}}]}""";
    private const string NotFound = """200 {"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""";
    private const string NotSupported = """200 {"errors":[{"message":"PersistedQueryNotSupported","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}""";
    private const string NotPublished = "This gateway runs published operations only, and this one is not published for this client.";
    private const string NotInSafelist = $$$"""403 {"errors":[{"message":"{{{NotPublished}}}","extensions":{"code":"QUERY_NOT_IN_SAFELIST"}}]}""";
    private const string RelayId = "59bf34e12cdf5629f7db045e3cf0920c";
    private const string RelayUserAnswer = """200 {"data":{"user":{"name":"Ada","id":"1"}}}""";

    private static readonly string[] OnlyPublished = ["--Gateway:PersistedOperations:Automatic=Off"];
    private static readonly string[] NothingNamed = ["--Gateway:PersistedOperations:Automatic=Off", "--Gateway:PersistedOperations:Store="];

    [InteropTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Apollos_manifest_is_missed_published_and_hit(bool useGet)
    {
        await using var running = await Running.StartAsync(OnlyPublished);
        Assert.Equal(
            $$"""
            {
              "format": "apollo-persisted-query-manifest",
              "version": 1,
              "operations": [
                {
                  "id": "{{HelloId}}",
                  "name": "Hello",
                  "type": "query",
                  "body": "{{HelloText}}"
                },
                {
                  "id": "{{UserId}}",
                  "name": "User",
                  "type": "query",
                  "body": "{{UserText}}"
                }
              ]
            }
            """,
            running.ApolloManifest(Hello, User));
        var (hello, user) = useGet ? (ApolloGet("Hello", "{}", HelloId), ApolloGet("User", """{\"id\":\"1\"}""", UserId)) : (ApolloPost("Hello", "{}", HelloId), ApolloPost("User", One, UserId));
        Assert.Equal(
            $"""
            {hello}
            {NotInList}
            {user}
            {NotInList}
            = {Unknown}
            = {Unknown}
            """,
            running.Ask("apollo", useGet, (Hello, null), (User, One)));
        Assert.Equal(
            $"""
            ID                                                                NAME   FIELD COST  TYPE COST  REQUESTS  DEPTH
            {UserId}  User   1           2          1         1
            {HelloId}  Hello  0           1          1         1
            Published 2 operations for web, 1.4.2: 2 new. Gateways know them within 10 seconds.
            """,
            await running.PublishAsync("apollo/persisted-query-manifest.json"));
        Assert.Equal(
            $$$"""
            {{{hello}}}
            {{{HelloAnswer}}}
            {{{user}}}
            {{{UserAnswer}}}
            = {"hello":"world"}
            = {"user":{"name":"Ada","__typename":"User"}}
            """,
            running.Ask("apollo", useGet, (Hello, null), (User, One)));
    }

    [InteropTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Urql_with_a_manifests_identifiers_is_missed_and_hit(bool useGet)
    {
        await using var running = await Running.StartAsync(OnlyPublished);
        running.ApolloManifest(Hello, User, Greet);
        var (hello, user) = useGet ? (UrqlGet("Hello", "{}", HelloId), UrqlGet("User", """{\"id\":\"1\"}""", UserId)) : (UrqlPost("Hello", "{}", HelloId), UrqlPost("User", One, UserId));
        Assert.Equal(
            $"""
            {hello}
            {NotInList}
            {UrqlPost("Greet", "{}", GreetId)}
            {NotInList}
            = [GraphQL] {Unknown}
            = [GraphQL] {Unknown}
            """,
            running.Ask("urql", useGet, (Hello, null), (Greet, null)));
        await running.PublishAsync("apollo/persisted-query-manifest.json");
        Assert.Equal(
            $$$"""
            {{{hello}}}
            {{{HelloAnswer}}}
            {{{user}}}
            {{{UserAnswer}}}
            {{{UrqlPost("Greet", "{}", GreetId)}}}
            200 {"data":{"greet":"hi"}}
            = {"hello":"world"}
            = {"user":{"name":"Ada","__typename":"User"}}
            = {"greet":"hi"}
            """,
            running.Ask("urql", useGet, (Hello, null), (User, One), (Greet, null)));
    }

    [InteropTheory]
    [InlineData("doc_id", "MD5", RelayId, "5943d821e1c76a1cf86bda14a1277bce")]
    [InlineData("documentId", "SHA256", "58ea1d1906dda34f282e7dece0e9429e5ccc165702f83a05ae096d2a393033ce", "828f34551edc593e299635e16c3c789ef89a5711b45548d9459b69af2e7bc881")]
    [InlineData("id", "SHA1", "5709dd97253333be2fd3bf2a58475696f5e7482d", "76e71aabed8e6a70b1fc92b7105a437e35768dc4")]
    public async Task Relays_file_is_missed_published_and_hit(string parameter, string algorithm, string helloId, string userId)
    {
        await using var running = await Running.StartAsync(OnlyPublished);
        string[] file =
        [
            $$"""  "{{helloId}}": "query AppHelloQuery {\n  hello\n}\n",""",
            $$"""  "{{userId}}": "query AppUserQuery(\n  $id: ID!\n) {\n  user(id: $id) {\n    ...App_user\n    id\n  }\n}\n\nfragment App_user on User {\n  name\n}\n",""",
        ];

        // By identifier.
        Assert.Equal($"{{\n{string.Join('\n', file.Order(StringComparer.Ordinal)).TrimEnd(',')}\n}}", running.RelayManifest(algorithm).TrimEnd());
        Assert.Equal(
            $$$"""
            POST {"{{{parameter}}}":"{{{helloId}}}","variables":{}}
            {{{NotInList}}}
            = No data returned for operation `AppHelloQuery`, got error(s): {{{Unknown}}}
            """,
            running.AskRelay(parameter, ("AppHelloQuery", null)));
        Assert.Equal(
            $"""
            {"ID".PadRight(helloId.Length)}  NAME           FIELD COST  TYPE COST  REQUESTS  DEPTH
            {userId}  AppUserQuery   1           2          1         1
            {helloId}  AppHelloQuery  0           1          1         1
            Published 2 operations for web, 1.4.2: 2 new. Gateways know them within 10 seconds.
            """,
            await running.PublishAsync("relay/persisted.json"));
        Assert.Equal(
            $$$"""
            POST {"{{{parameter}}}":"{{{helloId}}}","variables":{}}
            {{{HelloAnswer}}}
            POST {"{{{parameter}}}":"{{{userId}}}","variables":{"id":"1"}}
            {{{RelayUserAnswer}}}
            = {"hello":"world"}
            = {"user":{}}
            """,
            running.AskRelay(parameter, ("AppHelloQuery", null), ("AppUserQuery", One)));
    }

    [InteropFact]
    public async Task Published_for_one_client_is_unknown_to_another()
    {
        await using var running = await Running.StartAsync(OnlyPublished);
        running.ApolloManifest(Hello);
        await running.PublishAsync("apollo/persisted-query-manifest.json");
        running.Client = "ios";
        Assert.Equal($"{ApolloPost("Hello", "{}", HelloId)}\n{NotInList}\n= {Unknown}", running.Ask("apollo", false, (Hello, null)));
        Assert.Equal($"{UrqlPost("Hello", "{}", HelloId)}\n{NotInList}\n= [GraphQL] {Unknown}", running.Ask("urql", false, (Hello, null)));
    }

    // What goes by the operation's name alone its own tool can tell from what was published; the gateway sees the identifier and answers what that stands for.
    [InteropFact]
    public async Task An_operation_that_the_manifest_lacks_or_has_otherwise_is_told_by_Apollos_own_tools()
    {
        await using var running = await Running.StartAsync(OnlyPublished);
        running.ApolloManifest(Hello);
        await running.PublishAsync("apollo/persisted-query-manifest.json");
        Assert.Equal(
            $$"""
            UnknownOperation
            OperationMismatch
            {{ApolloPost("Hello", "{}", HelloId)}}
            {{HelloAnswer}}
            = Operation Other not found in manifest
            = {"hello":"world"}
            """,
            running.Ask("apollo", false, ("query Other { hello }", null), ("query Hello { user(id: 1) { name } }", null)));
    }

    [InteropFact]
    public async Task Where_texts_may_be_remembered_too_Apollos_client_sends_what_is_not_published_and_urqls_does_not()
    {
        await using var running = await Running.StartAsync();
        running.ApolloManifest(Hello, User);
        Assert.Equal($"{UrqlPost("Hello", "{}", HelloId)}\n{NotFound}\n= [GraphQL] PersistedQueryNotFound", running.Ask("urql", false, (Hello, null)));
        Assert.Equal(
            $$$"""
            {{{ApolloPost("Hello", "{}", HelloId)}}}
            {{{NotFound}}}
            {{{ApolloPost("Hello", "{}", HelloId, HelloText)}}}
            {{{HelloAnswer}}}
            {{{ApolloPost("User", One, UserId)}}}
            {{{NotFound}}}
            {{{ApolloPost("User", One, UserId, UserText)}}}
            {{{UserAnswer}}}
            = {"hello":"world"}
            = {"user":{"name":"Ada","__typename":"User"}}
            """,
            running.Ask("apollo", false, (Hello, null), (User, One)));

        // The identifier is the text's hash: it is known from then on, to all.
        Assert.Equal($"{UrqlPost("Hello", "{}", HelloId)}\n{HelloAnswer}\n= {{\"hello\":\"world\"}}", running.Ask("urql", false, (Hello, null)));
    }

    [InteropFact]
    public async Task Where_identifiers_are_off_each_client_hears_so()
    {
        await using var running = await Running.StartAsync(NothingNamed);
        running.ApolloManifest(Hello);
        running.RelayManifest("MD5");
        Assert.Equal(
            $$$"""
            {{{ApolloPost("Hello", "{}", HelloId)}}}
            {{{NotSupported}}}
            {{{ApolloPost("Hello", "{}", HelloId, HelloText)}}}
            {{{HelloAnswer}}}
            = {"hello":"world"}
            """,
            running.Ask("apollo", false, (Hello, null)));
        Assert.Equal($"{UrqlPost("Hello", "{}", HelloId)}\n{NotSupported}\n= [GraphQL] PersistedQueryNotSupported", running.Ask("urql", false, (Hello, null)));
        const string message = "Persisted operations are not supported here. Send the text as \"query\", without \"doc_id\".";
        Assert.Equal(
            $$$"""
            POST {"doc_id":"{{{RelayId}}}","variables":{}}
            400 {"errors":[{"message":"{{{message.Replace("\"", "\\\"", StringComparison.Ordinal)}}}","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}
            = No data returned for operation `AppHelloQuery`, got error(s): {{{message}}}
            """,
            running.AskRelay("doc_id", ("AppHelloQuery", null)));
    }

    [InteropTheory]
    [InlineData("LogUnknown")]
    [InlineData("Known")]
    [InlineData("RequireId")]
    public async Task At_each_level_of_the_safelist_the_published_run_by_their_identifier(string level)
    {
        await using var running = await Running.StartAsync($"--Gateway:PersistedOperations:Safelist={level}");
        running.ApolloManifest(Hello);
        running.RelayManifest("MD5");
        await running.PublishAsync("apollo/persisted-query-manifest.json", "relay/persisted.json");
        Assert.Equal(
            $$$"""
            {{{ApolloPost("Hello", "{}", HelloId)}}}
            {{{HelloAnswer}}}
            = {"hello":"world"}
            {{{UrqlGet("Hello", "{}", HelloId)}}}
            {{{HelloAnswer}}}
            = {"hello":"world"}
            POST {"doc_id":"{{{RelayId}}}","variables":{}}
            {{{HelloAnswer}}}
            = {"hello":"world"}
            """,
            $"{running.Ask("apollo", false, (Hello, null))}\n{running.Ask("urql", true, (Hello, null))}\n{running.AskRelay("doc_id", ("AppHelloQuery", null))}");
    }

    [InteropTheory]
    [InlineData("LogUnknown", NotFound, HelloAnswer, "{\"hello\":\"world\"}")]
    [InlineData("Known", NotFound, NotInSafelist, NotPublished)]
    [InlineData("RequireId", NotInList, null, Unknown)]
    public async Task At_each_level_of_the_safelist_a_client_whose_operation_is_not_published_is_told(string level, string first, string? second, string result)
    {
        await using var running = await Running.StartAsync($"--Gateway:PersistedOperations:Safelist={level}");
        running.ApolloManifest(User);
        await running.PublishAsync("apollo/persisted-query-manifest.json");
        running.ApolloManifest(Hello);
        running.RelayManifest("MD5");
        Assert.Equal(
            $"{ApolloPost("Hello", "{}", HelloId)}\n{first}\n{(second is null ? "" : $"{ApolloPost("Hello", "{}", HelloId, HelloText)}\n{second}\n")}= {result}",
            running.Ask("apollo", false, (Hello, null)));
        Assert.Equal(
            $$$"""
            POST {"doc_id":"{{{RelayId}}}","variables":{}}
            {{{NotInList}}}
            = No data returned for operation `AppHelloQuery`, got error(s): {{{Unknown}}}
            """,
            running.AskRelay("doc_id", ("AppHelloQuery", null)));
    }

    // What the clients write, of which only the operation's name, its variables and its identifier differ.
    private static string ApolloPost(string name, string variables, string id, string? text = null) =>
        $$$"""POST {"operationName":"{{{name}}}","variables":{{{variables}}},"extensions":{"clientLibrary":{"name":"@apollo/client","version":"4.3.8"},"persistedQuery":{"version":1,"sha256Hash":"{{{id}}}"}}"""
        + (text is null ? "}" : $",\"query\":\"{text}\"}}");

    private static string ApolloGet(string name, string variables, string id) =>
        $$$"""GET {"operationName":"{{{name}}}","variables":"{{{variables}}}","extensions":"{\"clientLibrary\":{\"name\":\"@apollo/client\",\"version\":\"4.3.8\"},\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"{{{id}}}\"}}"}""";

    private static string UrqlPost(string name, string variables, string id) =>
        $$$"""POST {"extensions":{"persistedQuery":{"sha256Hash":"{{{id}}}","version":1}},"operationName":"{{{name}}}","variables":{{{variables}}}}""";

    private static string UrqlGet(string name, string variables, string id) =>
        $$$"""GET {"operationName":"{{{name}}}","variables":"{{{variables}}}","extensions":"{\"persistedQuery\":{\"sha256Hash\":\"{{{id}}}\",\"version\":1}}"}""";

    private sealed class Running(ClientGateway gateway, TemporaryFolder folder, string store) : IAsyncDisposable
    {
        private readonly NodeReference reference = NodeReference.Start("published");

        public string Client { get; set; } = "web";

        public static async Task<Running> StartAsync(params string[] settings)
        {
            var folder = new TemporaryFolder();
            var store = Path.Combine(folder.Path, "operations.db");
            await using (var empty = OperationStore.At(store))
            {
                await empty.PrepareAsync(CancellationToken.None);
            }

            return new Running(await ClientGateway.StartAsync([$"--Gateway:PersistedOperations:Store={store}", .. settings]), folder, store);
        }

        /// <summary>Apollo's tool makes it, in the application's folder.</summary>
        public string ApolloManifest(params string[] queries) => reference.Ask("apolloManifest", new JsonObject
        {
            ["folder"] = Path.Combine(folder.Path, "apollo"),
            ["queries"] = new JsonArray([.. queries.Select(query => (JsonNode)query)]),
        })!.GetValue<string>();

        /// <summary>Relay's compiler makes it.</summary>
        public string RelayManifest(string algorithm) => reference.Ask("relayManifest", new JsonObject
        {
            ["folder"] = Path.Combine(folder.Path, "relay"),
            ["schema"] = ClientGateway.Schema,
            ["algorithm"] = algorithm,
            ["queries"] = new JsonArray(
                "query AppHelloQuery { hello }", "query AppUserQuery($id: ID!) { user(id: $id) { ...App_user } }", "fragment App_user on User { name }"),
        })!.GetValue<string>();

        /// <summary>What the command tells; and the gateway's clock goes on until it knows.</summary>
        public async Task<string> PublishAsync(params string[] manifests)
        {
            using var output = new StringWriter { NewLine = "\n" };
            string[] arguments =
            [
                "operations", "publish", .. manifests.Select(manifest => Path.Combine(folder.Path, manifest)), "--client", "web", "--tag", "1.4.2",
                "--schema", gateway.SupergraphFile, "--store", store,
            ];
            await Cli.CommandLine.Run(arguments, new InvocationConfiguration { Output = output, Error = output });
            gateway.Clock.Advance(TimeSpan.FromSeconds(10));
            return output.ToString().TrimEnd();
        }

        public string Ask(string client, bool useGet, params (string Query, string? Variables)[] queries) => ClientGateway.TextOf(reference.Ask(client, new JsonObject
        {
            ["url"] = gateway.Url,
            ["folder"] = Path.Combine(folder.Path, "apollo"),
            ["client"] = Client,
            ["useGet"] = useGet,
            ["verify"] = true,
            ["queries"] = new JsonArray([.. queries.Select(query => new JsonObject { ["query"] = query.Query, ["variables"] = VariablesOf(query.Variables) })]),
        }));

        public string AskRelay(string parameter, params (string Name, string? Variables)[] queries) => ClientGateway.TextOf(reference.Ask("relayRuntime", new JsonObject
        {
            ["url"] = gateway.Url,
            ["folder"] = Path.Combine(folder.Path, "relay"),
            ["client"] = Client,
            ["parameter"] = parameter,
            ["queries"] = new JsonArray([.. queries.Select(query => new JsonObject { ["name"] = query.Name, ["variables"] = VariablesOf(query.Variables) })]),
        }));

        public async ValueTask DisposeAsync()
        {
            reference.Dispose();
            await gateway.DisposeAsync();
            SqliteConnection.ClearAllPools();
            folder.Dispose();
        }

        private static JsonNode? VariablesOf(string? json) => json is null ? null : JsonNode.Parse(json);
    }
}
