using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class ComposeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_folder_is_composed_with_its_extensions_settings_and_environment()
    {
        folder.Write("in/roses/schema.graphqls", "type Query { rose(id: ID!): Rose @lookup }\ntype Rose { id: ID! }");
        folder.Write("in/roses/more.graphqls", "extend type Rose { color: String }");
        folder.Write(
            "in/roses/schema-settings.json",
            """
            {"name": "rose-service", "transports": {"http": {"url": "http://{{HOST}}/graphql"}},
             "environments": {"dev": {"HOST": "localhost:1"}, "live": {"HOST": "roses.example.org"}}}
            """);

        var (code, output, error) = await Cli.Run("compose", In, "--output", Out, "--environment", "live");

        Assert.Equal((0, "", $"Composed 1 source into {Out}.\n"), (code, output, error));
        var text = await File.ReadAllTextAsync(Out);
        Assert.Contains("ROSE_SERVICE @gateway__source(name: \"rose-service\", url: \"http://roses.example.org/graphql\", dialect: COMPOSITE", text, StringComparison.Ordinal);
        Assert.Contains("color: String @gateway__field(in: ROSE_SERVICE)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_are_listed_with_place_code_message_and_hint()
    {
        Write("a", "type Query {\n  rose: Int\n}");
        Write("b", "type Query {\n  rose: Int\n}");

        var (code, output, error) = await Cli.Run("compose", In, "--output", Out);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            $"""
            {In}/a/schema.graphqls:2:3 INVALID_FIELD_SHARING Query.rose is resolved by a and b, and not marked as @shareable in a and b.
              also {In}/b/schema.graphqls:2:3
              hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.

            1 problem. "graphgateway explain CODE" tells more about a code.

            """,
            error);
        Assert.False(File.Exists(Out));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--enable-global-object-identification", true)]
    [InlineData("--enable-global-object-identification true", true)]
    [InlineData("--enable-global-object-identification false", false)]
    public async Task Global_ids_are_the_gateways_or_not(string option, bool isGateways)
    {
        const string node = "interface Node { id: ID! }\ntype Query { node(id: ID!): Node @lookup @shareable }\n";
        Write("a", node + "type Rose implements Node { id: ID! }");
        Write("b", node + "type Bed implements Node { id: ID! }");

        var (code, output, error) = await Cli.Run(["compose", In, .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(isGateways ? 0 : 1, code);
        Assert.Equal(isGateways, output.Contains("node(id: ID!): Node @gateway__node\n", StringComparison.Ordinal));
        Assert.Equal(!isGateways, error.Contains("SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Machines_get_json()
    {
        Write("a", "type Query { rose: Rose }");

        var (code, output, error) = await Cli.Run("compose", In, "--json");

        Assert.Equal((1, ""), (code, error));
        Assert.Equal(
            $$"""
            {
              "success": false,
              "problems": [
                {
                  "code": "INVALID_GRAPHQL",
                  "severity": "error",
                  "message": "Unknown type \"Rose\".",
                  "hint": "Mend the schema of a: it must be valid GraphQL on its own.",
                  "places": [
                    {
                      "source": "a",
                      "file": "{{In}}/a/schema.graphqls",
                      "line": 1,
                      "column": 20
                    }
                  ]
                }
              ]
            }

            """,
            output);
    }

    [Fact]
    public async Task A_contract_hides_a_key_from_clients_and_not_from_plans()
    {
        Write("a", "type Query { rose: Rose }\ntype Rose @key(fields: \"id\") { id: ID! @tag(name: \"internal\") }");
        Write("b", "type Rose @key(fields: \"id\") { id: ID! @tag(name: \"internal\") color: String }");
        Assert.Equal(0, (await Cli.Run("compose", In, "--output", Out, "--exclude-tag", "internal")).Code);

        var (code, output, error) = await Cli.Run("plan", "{ rose { color } }", "--schema", Out);
        var (hidden, _, why) = await Cli.Run("plan", "{ rose { id } }", "--schema", Out);

        Assert.True(code == 0, error);
        Assert.Contains("id", output, StringComparison.Ordinal);
        Assert.Equal(1, hidden);
        Assert.Contains("Cannot query field \"id\" on type \"Rose\".", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_of_Apollo_subgraphs_is_written_for_their_router()
    {
        Write("a", "type Query { rose: Rose }\ntype Rose @key(fields: \"id\") { id: ID! }");
        Write("b", "type Rose @key(fields: \"id\") { id: ID! color: String @tag(name: \"x\") }");
        foreach (var name in new[] { "a", "b" })
        {
            folder.Write($"in/{name}/schema-settings.json", "{\"dialect\": \"apollo\", \"transports\": {\"http\": {\"url\": \"http://" + name + "/graphql\"}}}");
        }

        var (code, output, error) = await Cli.Run("compose", In, "--format", "apollo");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(
            """
            schema
              @link(url: "https://specs.apollo.dev/link/v1.0")
              @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
              @link(url: "https://specs.apollo.dev/tag/v0.3")
            {
              query: Query
            }

            directive @tag(
            """,
            output,
            StringComparison.Ordinal);
        Assert.Contains(
            """

            type Query
              @join__type(graph: A)
              @join__type(graph: B)
            {
              rose: Rose @join__field(graph: A)
            }

            type Rose
              @join__type(graph: A, key: "id")
              @join__type(graph: B, key: "id")
            {
              id: ID!
              color: String @join__field(graph: B) @tag(name: "x")
            }

            """,
            output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_words_there_is_listed_with_places()
    {
        Write("a", "type Query { rose(id: ID!): Rose @lookup }\ntype Rose { id: ID! }");
        Write("b", "type Query { roseById(id: ID!): Rose @lookup @internal }\ntype Rose { id: ID! price(id: ID! @require(field: \"id\")): Int @cost(weight: \"0.5\") }");

        var (code, output, error) = await Cli.Run("compose", In, "--output", Out, "--format", "apollo");

        Assert.Equal((1, ""), (code, output));
        Assert.False(File.Exists(Out));
        Assert.Equal(
            $"""
            {In}/a/schema.graphqls:2:6 NOT_EXPRESSIBLE_FOR_APOLLO a is entered at Rose by a lookup (Query.rose); an Apollo gateway enters a subgraph only by _entities.
            {In}/a/schema.graphqls:2:6 NOT_EXPRESSIBLE_FOR_APOLLO b is entered at Rose by a lookup (Query.roseById); an Apollo gateway enters a subgraph only by _entities.
            {In}/b/schema.graphqls:2:21 NOT_EXPRESSIBLE_FOR_APOLLO b is fed the argument id of Rose.price from other sources (@require); an Apollo gateway passes required fields only in a representation (@requires).
            {In}/b/schema.graphqls:2:21 NOT_EXPRESSIBLE_FOR_APOLLO The weight of @cost(weight: "0.5") on Rose.price is no whole number; Apollo's @cost takes only those.
            """,
            string.Join("\n", error.Split('\n').Where(line => line.StartsWith(In, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Names_that_Apollo_keeps_to_itself_are_listed_with_places()
    {
        Write("_", "type Query { a: join__Graph b: link__Import }\nenum join__Graph { A }\nscalar link__Import");
        Write("b", "type Query { c: core__Purpose d: joined__Graph }\nenum core__Purpose { A }\nenum joined__Graph { A }");

        var (code, output, error) = await Cli.Run("compose", In, "--output", Out, "--format", "apollo");

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            $"""
            {In}/_/schema.graphqls:1:1 NOT_EXPRESSIBLE_FOR_APOLLO A source is named "_"; Apollo's composition reserves that name for itself.
            {In}/_/schema.graphqls:2:6 NOT_EXPRESSIBLE_FOR_APOLLO The name join__Graph begins with "join__"; so begin the names that an Apollo supergraph uses itself.
            {In}/_/schema.graphqls:3:8 NOT_EXPRESSIBLE_FOR_APOLLO The name link__Import begins with "link__"; so begin the names that an Apollo supergraph uses itself.
            {In}/b/schema.graphqls:2:6 NOT_EXPRESSIBLE_FOR_APOLLO The name core__Purpose begins with "core__"; so begin the names that an Apollo supergraph uses itself.
            """,
            string.Join("\n", error.Split('\n').Where(line => line.StartsWith(In, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_missing_folder_is_one_clear_message()
    {
        var (code, _, error) = await Cli.Run("compose", In);

        Assert.Equal(1, code);
        Assert.StartsWith(
            $"SOURCE_NOT_READABLE The folder {In} does not exist.\n"
            + "  hint: Give a folder that holds one folder for each source schema, with schema.graphqls and schema-settings.json in it.\n",
            error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_one_clear_message()
    {
        Directory.CreateDirectory(In);

        var (code, _, error) = await Cli.Run("compose", In);

        Assert.Equal(1, code);
        Assert.StartsWith($"SOURCE_NOT_READABLE The folder {In} holds no source schema.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_is_written_to()
    {
        folder.Write("in/roses/schema.graphqls", "type Query { rose: Int }");
        await Cli.Run("compose", In, "--output", Out);
        var pipe = Path.Combine(folder.Path, "pipe");
        using (var making = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await making.WaitForExitAsync();
        }

        var reading = Task.Run(() => File.ReadAllText(pipe));
        var (code, _, error) = await Cli.Run("compose", In, "--output", pipe);

        Assert.Equal(0, code);
        Assert.EndsWith($"Composed 1 source into {pipe}.\n", error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Out), await reading);
    }

    [Fact]
    public async Task Standard_output_by_its_file_is_standard_output()
    {
        folder.Write("in/roses/schema.graphqls", "type Query { rose: Int }");
        var expected = await Cli.Run("compose", In);

        Assert.Contains("@gateway__supergraph", expected.Output, StringComparison.Ordinal);
        Assert.Equal(expected, await Cli.Run("compose", In, "--output", "/dev/stdout"));
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_one_clear_message()
    {
        Write("a", "type Query { ok: Int }");

        var (code, _, error) = await Cli.Run("compose", In, "--output", Path.Combine(folder.Path, "none", "out.graphql"));

        Assert.Equal(1, code);
        Assert.StartsWith("OUTPUT_NOT_WRITABLE " + Path.Combine(folder.Path, "none", "out.graphql") + " cannot be written: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_without_a_name_is_told()
    {
        Write("a", "type Query { ok: Int }");

        var (code, _, error) = await Cli.Run("compose", In, "--output", "");

        Assert.Equal(1, code);
        Assert.Contains("OUTPUT_NOT_WRITABLE The output has no name.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_a_link_stays_one_and_what_it_leads_to_is_written()
    {
        Write("a", "type Query { ok: Int }");
        var target = Path.Combine(folder.Path, "target.graphql");
        var link = Path.Combine(folder.Path, "link.graphql");
        await File.WriteAllTextAsync(target, "old");
        File.CreateSymbolicLink(link, target);

        var (code, _, _) = await Cli.Run("compose", In, "--output", link);

        Assert.Equal(0, code);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Contains("ok: Int", await File.ReadAllTextAsync(target), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_system_keeps_as_files_is_written_to_and_not_replaced()
    {
        Write("a", "type Query { ok: Int }");

        // The name of this process: nothing can be renamed to it.
        var (code, _, error) = OperatingSystem.IsLinux() ? await Cli.Run("compose", In, "--output", "/proc/self/comm") : (0, "", "");

        Assert.True(code == 0, error);
    }

    [Fact]
    public async Task Codes_are_explained_and_unknown_ones_guessed()
    {
        var (code, output, _) = await Cli.Run("explain", "invalid_field_sharing");
        Assert.Equal(0, code);
        Assert.StartsWith("INVALID_FIELD_SHARING\n", output, StringComparison.Ordinal);

        var (unknown, _, error) = await Cli.Run("explain", "INVALID_FIELD_SHARIN");
        Assert.Equal(1, unknown);
        Assert.Contains("Did you mean \"INVALID_FIELD_SHARING\"", error, StringComparison.Ordinal);

        var (_, _, begun) = await Cli.Run("explain", "external_arg");
        Assert.StartsWith("There is no code external_arg. Did you mean \"EXTERNAL_ARGUMENT_", begun, StringComparison.Ordinal);
    }

    private void Write(string name, string schema)
    {
        folder.Write($"in/{name}/schema.graphqls", schema);
        folder.Write($"in/{name}/schema-settings.json", "{\"transports\": {\"http\": {\"url\": \"http://" + name + "/graphql\"}}}");
    }

    private string In => Path.Combine(folder.Path, "in");

    private string Out => Path.Combine(folder.Path, "out.graphql");

    [Theory]
    [InlineData("roses/schema.graphqls")]
    [InlineData("roses/schema-settings.json")]
    [InlineData("roses/supergraph.graphqls")]
    [InlineData("lilies.graphqls")]
    [InlineData("lilies-settings.json")]
    public async Task The_output_is_no_file_of_a_source(string name)
    {
        var settings = """{"transports": {"http": {"url": "http://garden"}}}""";
        folder.Write("roses/schema.graphqls", "type Query { rose: Int }");
        folder.Write("roses/schema-settings.json", settings);
        folder.Write("lilies.graphqls", "type Query { lily: Int }");
        folder.Write("lilies-settings.json", settings);
        var output = Path.Combine(folder.Path, name);
        var before = File.Exists(output) ? await File.ReadAllTextAsync(output) : null;

        var (code, _, error) = await Cli.Run("compose", folder.Path, "--output", output);

        Assert.Equal(
            (1, $"""
            OUTPUT_NOT_WRITABLE {output} is a file of a source, or would be read as one.
              hint: Give --output a name that no source has, such as supergraph.graphql.

            1 problem. "graphgateway explain CODE" tells more about a code.

            """),
            (code, error));
        Assert.Equal(before, File.Exists(output) ? await File.ReadAllTextAsync(output) : null);
    }

    [Theory]
    [InlineData("supergraph.yaml")]
    [InlineData("rose.graphql")]
    public async Task The_output_is_no_file_that_rovers_settings_name(string name)
    {
        folder.Write("rose.graphql", "type Query { rose: Int }");
        var yaml = folder.Write("supergraph.yaml", "subgraphs: {roses: {routing_url: http://roses, schema: {file: rose.graphql}}}");
        var output = Path.Combine(folder.Path, name);
        var before = await File.ReadAllTextAsync(output);

        var (code, _, error) = await Cli.Run("compose", yaml, "--output", output);

        Assert.Equal(
            (1, $"""
            OUTPUT_NOT_WRITABLE {output} is a file of a source, or would be read as one.
              hint: Give --output a name that no source has, such as supergraph.graphql.

            1 problem. "graphgateway explain CODE" tells more about a code.

            """),
            (code, error));
        Assert.Equal(before, await File.ReadAllTextAsync(output));
    }
}
