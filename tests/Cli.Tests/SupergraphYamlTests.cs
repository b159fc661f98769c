using System.Net;
using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class SupergraphYamlTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Files_and_texts_are_composed_as_rover_does()
    {
        folder.Write("roses/roses.graphql", "type Query { rose: Rose }\ntype Rose @key(fields: \"id\") { id: ID! }");
        var yaml = folder.Write(
            "supergraph.yaml",
            """
            federation_version: =2.9.0
            subgraphs:
              roses:
                routing_url: https://roses.example.org/graphql
                schema:
                  file: ./roses/roses.graphql
              beds:
                routing_url: https://beds.example.org/graphql
                schema:
                  sdl: |
                    type Query { beds: Int }
                    type Rose @key(fields: "id") { id: ID! bed: String }
            """);

        var (code, output, error) = await Cli.Run("compose", yaml);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("ROSES @gateway__source(name: \"roses\", url: \"https://roses.example.org/graphql\", dialect: APOLLO", output, StringComparison.Ordinal);
        Assert.Contains("bed: String @gateway__field(in: BEDS)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Places_in_a_text_are_places_of_the_file_that_holds_it()
    {
        var yaml = folder.Write(
            "supergraph.yaml",
            """
            subgraphs:
              block:
                routing_url: https://block.example.org/graphql
                schema:
                  sdl: |

                    type Query {
                      bad: Unknown
                    }
              quoted:
                routing_url: https://quoted.example.org/graphql
                schema: {sdl: "type Query { bad: Unknown }"}
              plain:
                routing_url: https://plain.example.org/graphql
                schema:
                  sdl: type Rose { bad Int }
              escaped:
                routing_url: https://escaped.example.org/graphql
                schema: {sdl: "type Query {\n bad: Unknown }"}
            """);

        var (code, _, error) = await Cli.Run("compose", yaml);

        Assert.Equal(1, code);
        Assert.Equal(
            ["supergraph.yaml:8:16", "supergraph.yaml:12:38", "supergraph.yaml:16:28", "supergraph.yaml:19:19: escaped:2:7"],
            error.Split('\n').Where(line => line.Contains(" INVALID_GRAPHQL ", StringComparison.Ordinal))
                .Select(line => line[(Path.GetDirectoryName(yaml)!.Length + 1)..line.IndexOf(" INVALID", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_schema_is_given_once()
    {
        folder.Write("rose.graphqls", "type Query { rose: Int }");
        var yaml = folder.Write("supergraph.yaml", "subgraphs:\n  rose:\n    routing_url: http://rose/graphql\n    schema: {file: rose.graphqls, sdl: \"type Query { other: Int }\"}\n");

        var (code, output, error) = await Cli.Run("compose", yaml);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"{yaml}:4:40 SETTINGS_INVALID The schema of rose is given twice, as file and as sdl.\n  hint: Keep one of them.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_no_source_and_nothing_waits_for_it()
    {
        var pipe = Path.Combine(folder.Path, "rose.graphqls");
        using (var making = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await making.WaitForExitAsync();
        }

        var yaml = folder.Write("supergraph.yaml", "subgraphs:\n  rose:\n    routing_url: http://rose/graphql\n    schema: {file: rose.graphqls}\n");
        Directory.CreateDirectory(Path.Combine(folder.Path, "sources", "rose"));
        File.CreateSymbolicLink(Path.Combine(folder.Path, "sources", "rose", "schema.graphqls"), pipe);

        var ofYaml = await Cli.Run("compose", yaml);
        var ofFolder = await Cli.Run("compose", Path.Combine(folder.Path, "sources"));

        Assert.Equal((1, 1), (ofYaml.Code, ofFolder.Code));
        Assert.Contains("SOURCE_NOT_READABLE rose.graphqls cannot be read: it is a pipe, not a file", ofYaml.Error, StringComparison.Ordinal);
        Assert.Contains("schema.graphqls cannot be read: it is a pipe, not a file", ofFolder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_service_is_asked_for_its_schema()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort.Next()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var served = Answer(listener, """{"data":{"_service":{"sdl":"type Query { rose: String }"}}}""");
        var yaml = folder.Write(
            "supergraph.yaml",
            $"subgraphs:\n  roses:\n    schema:\n      subgraph_url: {address}\n      introspection_headers:\n        X-Key: secret\n");

        var (code, output, error) = await Cli.Run("compose", yaml);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"url: \"{address}\"", output, StringComparison.Ordinal);
        Assert.Contains("rose: String", output, StringComparison.Ordinal);
        Assert.Equal(("secret", """{"query":"query SubgraphIntrospectQuery { _service { sdl } }"}"""), await served);
    }

    [Fact]
    public async Task A_service_without_a_federation_schema_is_told_with_its_own_words()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort.Next()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var served = Answer(listener, """{"errors":[{"message":"Cannot query field \"_service\" on type \"Query\"."}]}""");
        var yaml = folder.Write("supergraph.yaml", $"subgraphs:\n  roses:\n    schema:\n      subgraph_url: {address}\n");

        var (code, _, error) = await Cli.Run("compose", yaml);
        await served;

        Assert.Equal(1, code);
        Assert.StartsWith(
            $"{yaml}:4:21 SOURCE_NOT_READABLE {address} does not tell the schema of roses: it answered 200: Cannot query field \"_service\" on type \"Query\"..\n",
            error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_at_its_place()
    {
        folder.Write("ok.graphql", "type Query { ok: Int }");
        var yaml = folder.Write(
            "supergraph.yaml",
            """
            federation_version: three
            subgraph: {}
            subgraphs:
              registered:
                schema:
                  graphref: garden@current
                  subgraph: roses
              lost:
                routing_url: http://lost
                schema:
                  file: lost.graphql
              nowhere:
                routing_url: nowhere
                schema:
                  file: ok.graphql
              unset:
                routing_url: ${env.GRAPHGATEWAY_TEST_UNSET}
                schema:
                  file: ok.graphql
              empty:
                schema: {}
              flat: ok.graphql
              quiet:
                schema: {file: ok.graphql}
                routing_urls: http://quiet
            """);

        var (code, output, error) = await Cli.Run("compose", yaml);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            """
            :2:1 warning SETTINGS_UNKNOWN_KEY "subgraph" is no setting of supergraph.yaml and has no effect. Did you mean "subgraphs"?
            :1:21 SETTINGS_INVALID "three" is no version of Apollo Federation.
            :6:17 UNSUPPORTED_FEATURE The schema of registered is a graphref (garden@current), which only Apollo's registry can resolve.
            :11:13 SOURCE_NOT_READABLE lost.graphql cannot be read: Could not find file 'FOLDER/lost.graphql'.
            :13:18 SETTINGS_INVALID "nowhere" is no URL of a service.
            :17:18 SETTINGS_INVALID The environment variable GRAPHGATEWAY_TEST_UNSET is not set.
            :21:13 SETTINGS_INVALID Nothing says where the schema of empty is.
            :22:9 SETTINGS_INVALID A subgraph needs a name, routing_url and schema.
            :25:5 warning SETTINGS_UNKNOWN_KEY "routing_urls" is no setting of a subgraph and has no effect. Did you mean "routing_url"?
            :24:5 warning SOURCE_URL_MISSING The source quiet has no URL.
            """,
            string.Join("\n", error.Split('\n').Where(line => line.StartsWith(yaml, StringComparison.Ordinal)))
                .Replace(yaml, "", StringComparison.Ordinal).Replace(folder.Path, "FOLDER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_UTF_8_is_told()
    {
        // Its ö is one byte: it was taken for a character that nobody wrote.
        var latin = folder.Write("latin.graphql", "");
        await File.WriteAllBytesAsync(latin, Encoding.Latin1.GetBytes("\"Größe\" type Query { size: Int }"));
        var yaml = folder.Write("supergraph.yaml", "subgraphs: {sizes: {routing_url: http://sizes, schema: {file: latin.graphql}}}");
        var settings = folder.Write("latin.yaml", "");
        await File.WriteAllBytesAsync(settings, Encoding.Latin1.GetBytes("subgraphs: {größen: {routing_url: http://sizes, schema: {file: ok.graphql}}}"));

        Assert.Equal(
            (1, "", $"""
            {latin}:1:4 INVALID_GRAPHQL Syntax Error: Document is not valid UTF-8.
              hint: Mend the schema of sizes: it must be valid GraphQL on its own.

            1 problem. "graphgateway explain CODE" tells more about a code.

            """),
            await Cli.Run("compose", yaml));
        Assert.Equal(
            (1, "", $"""
            SOURCE_NOT_READABLE {settings} cannot be read: it is not UTF-8.
              hint: Give a supergraph.yaml, or a folder of source schemas.

            1 problem. "graphgateway explain CODE" tells more about a code.

            """),
            await Cli.Run("compose", settings));
    }

    [Fact]
    public async Task A_warning_does_not_hide_that_there_is_no_subgraph()
    {
        var yaml = folder.Write("supergraph.yaml", "supergraph: {}\nsubgraphs: {}");

        Assert.Equal(
            (1, "", $"""
            {yaml}:1:1 warning SETTINGS_UNKNOWN_KEY "supergraph" is no setting of supergraph.yaml and has no effect. Did you mean "subgraphs"?
              hint: Remove it.

            SOURCE_NOT_READABLE {yaml} lists no subgraph.
              hint: Add one below "subgraphs".

            1 problem. "graphgateway explain CODE" tells more about a code.

            """),
            await Cli.Run("compose", yaml));
    }

    // Federation 1 has values that several sources give without a word about it; nothing in these schemas says that they are Apollo's.
    [Fact]
    public async Task Sources_whose_directives_do_not_tell_are_Apollos()
    {
        folder.Write("roses.graphqls", "type Query { rose: Rose }\ntype Rose { color: String }");
        folder.Write("lilies.graphqls", "type Query { best: Rose }\ntype Rose { color: String }");
        var yaml = folder.Write(
            "supergraph.yaml",
            """
            subgraphs:
              roses:
                routing_url: http://localhost:1/
                schema: {file: ./roses.graphqls}
              lilies:
                routing_url: http://localhost:2/
                schema: {file: ./lilies.graphqls}
              tulips:
                routing_url: http://localhost:3/
                schema: {sdl: "type Query { tulip(id: ID!): Tulip @lookup } type Tulip { id: ID! }"}
            """);

        var (code, output, error) = await Cli.Run("compose", yaml);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("ROSES @gateway__source(name: \"roses\", url: \"http://localhost:1/\", dialect: APOLLO", output, StringComparison.Ordinal);
        Assert.Contains("TULIPS @gateway__source(name: \"tulips\", url: \"http://localhost:3/\", dialect: COMPOSITE", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subgraphs: [", " SETTINGS_INVALID The file is not YAML: ")]
    [InlineData("hello", " SETTINGS_INVALID ")]
    [InlineData("subgraphs: {}", " SOURCE_NOT_READABLE ")]
    public async Task A_file_that_is_no_supergraph_yaml_is_one_clear_message(string text, string message)
    {
        var yaml = folder.Write("supergraph.yaml", text);

        var (code, _, error) = await Cli.Run("compose", yaml);

        Assert.Equal(1, code);
        Assert.Contains(message.Trim(), error, StringComparison.Ordinal);
        Assert.Contains("\n1 problem.", error, StringComparison.Ordinal);
    }

    private static async Task<(string? Key, string Body)> Answer(HttpListener listener, string body)
    {
        var context = await listener.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream);
        var request = await reader.ReadToEndAsync();
        context.Response.ContentType = "application/json";
        context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
        return (context.Request.Headers["X-Key"], request);
    }
}
