using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests.Sources;

public sealed class SchemaSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_that_HotChocolate_exports_is_read()
    {
        var source = ReadFine(
            """
            {
              "name": "roses",
              "transports": {
                "http": {
                  "url": "http://localhost:5000/graphql",
                  "capabilities": {
                    "batching": {
                      "variableBatching": true,
                      "requestBatching": true,
                      "aliasBatching": true
                    },
                    "onError": "propagate"
                  }
                }
              }
            }
            """);

        Assert.Equal("roses", source.Name);
        Assert.Equal(new Uri("http://localhost:5000/graphql"), source.Settings.Url);
        Assert.Equal(SourceBatching.Variables | SourceBatching.Requests | SourceBatching.Aliases, source.Settings.Batching);
        Assert.Equal(
            (true, false, true, null),
            (source.Settings.InferKeysFromLookups, source.Settings.InferShareable, source.Settings.InheritInterfaceKeys, source.Settings.Dialect));
    }

    [Fact]
    public void A_key_that_stands_there_twice_is_refused_with_both_places()
    {
        folder.Write("roses/schema.graphqls", "type Query { rose: Int }");
        var file = folder.Write(
            "roses/schema-settings.json",
            """
            {"name": "roses",
             "transports": {"http": {"url": "http://a", "url": "http://b"}},
             "extensions": {"x": 1, "x": 2}}
            """);

        var problem = Assert.Single(SourceFolder.Read(folder.Path).Problems);

        Assert.Equal(
            $"{file}:2:26 SETTINGS_INVALID \"url\" stands there twice, and only one can hold.\n  also {file}:2:45\n  hint: Keep one of them.",
            problem.ToString());
    }

    [Fact]
    public void What_is_for_other_programs_is_kept_as_it_is()
    {
        folder.Write("roses/schema.graphqls", "type Query { rose: Int }");
        folder.Write(
            "roses/schema-settings.json",
            """
            {
              "name": "roses", // the settings have comments
              "transports": { "http": { "url": "http://roses" } },
              "extensions": { "nitro": { "apiId": "{{ID}} ü", "parts": [1, true, null] } },
            }
            """);

        var supergraph = SourceFolder.Read(folder.Path).Compose().Supergraph!;
        var again = SupergraphReader.Read(new SourceText(SupergraphWriter.Write(supergraph))).Supergraph!;

        Assert.Equal("""{"nitro":{"apiId":"{{ID}} ü","parts":[1,true,null]}}""", supergraph.Sources[0].Extensions);
        Assert.Equal(supergraph.Sources[0].Extensions, again.Sources[0].Extensions);
    }

    [Fact]
    public void Every_key_of_HotChocolate_is_known_and_a_variable_keeps_the_kind_of_its_value()
    {
        var source = ReadFine(
            """
            {
              // comments and trailing commas are allowed
              "name": "roses",
              "version": "2.0.0",
              "dialect": "composite",
              "parser": { "enableSchemaValidation": true },
              "preprocessor": {
                "enableSchemaValidation": true,
                "excludeByTag": ["internal"],
                "inferKeysFromLookups": false,
                "inferShareable": true,
                "inheritInterfaceKeys": false,
              },
              "transports": {
                "http": {
                  "url": "https://{{ HOST }}:{{PORT}}/graphql",
                  "devUrl": "http://localhost:5000/graphql",
                  "clientName": "fusion",
                  "capabilities": {
                    "standard": { "formats": ["application/json"] },
                    "batching": { "variableBatching": "{{BATCH}}", "aliasBatching": false, "formats": ["application/jsonl"] },
                    "subscriptions": { "supported": false, "formats": ["text/event-stream"] },
                    "onError": "null"
                  }
                },
                "subscriptions": { "transport": "sse" }
              },
              "environments": { "live": { "HOST": "roses.example.org", "PORT": 8443, "BATCH": true } },
              "extensions": { "nitro": { "apiId": "QXBp" } }
            }
            """);

        Assert.Equal(new Uri("https://roses.example.org:8443/graphql"), source.Settings.Url);
        Assert.Equal(SourceBatching.Variables, source.Settings.Batching);
        Assert.Equal((false, SourceDialect.Composite), (source.Settings.SupportsSubscriptions, source.Settings.Dialect));
        Assert.Equal(
            (false, true, false),
            (source.Settings.InferKeysFromLookups, source.Settings.InferShareable, source.Settings.InheritInterfaceKeys));
        Assert.Equal("internal", Assert.Single(source.Settings.ExcludeByTag));
    }

    [Theory]
    [InlineData("{\"name\": ", ":1:10 SETTINGS_INVALID The settings are not JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    [InlineData("{\n  \"name\": \"ä\" \"x\"\n}", ":2:15 SETTINGS_INVALID The settings are not JSON: '\"' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("[]", ":1:1 SETTINGS_INVALID The settings are not a JSON object.")]
    [InlineData("{\n  \"name\": 5}", ":2:11 SETTINGS_INVALID \"name\" is 5, but must be a text.")]
    [InlineData("{\n  \"transports\": []}", ":2:17 SETTINGS_INVALID \"transports\" is a list, but must be an object.")]
    [InlineData("{\"transports\": {\"http\": {\"url\": \"{{X}}\"}}}", ":1:33 SETTINGS_INVALID \"{{X}}\" needs a value for X, and the settings have no environments.")]
    [InlineData("{\"transports\": {\"http\": {\"url\": \"{{X}}\"}}, \"environments\": {\"a\": {}, \"b\": {}}}", ":1:33 SETTINGS_INVALID \"{{X}}\" needs a value for X, and no environment is chosen.")]
    [InlineData("{\"transports\": {\"http\": {\"url\": \"{{X}}\"}}, \"environments\": {\"a\": {}}}", ":1:33 SETTINGS_INVALID \"{{X}}\" needs a value for X, and the environment \"a\" has none.")]
    [InlineData("{\"transports\": {\"http\": {\"url\": \"orders\"}}}", ":1:33 SETTINGS_INVALID \"orders\" is no URL of a service.")]
    [InlineData("{\"dialect\": \"apolo\"}", ":1:13 SETTINGS_INVALID The dialect \"apolo\" is not known. Did you mean \"apollo\"?")]
    [InlineData("{\"version\": \"1.0.0\"}", ":1:13 SETTINGS_INVALID Version 1.0.0 stands for the conventions of Fusion 1, which are not supported.")]
    [InlineData("{\"preprocessor\": {\"excludeByTag\": [\"a\", 1]}}", ":1:41 SETTINGS_INVALID \"excludeByTag\" has 1 in it, but must be a list of texts.")]
    [InlineData("{\"environments\": {\"a\": 1}}", ":1:24 SETTINGS_INVALID \"a\" is 1, but must be an object.")]
    public void Bad_settings_are_one_problem_at_their_place(string settings, string message)
    {
        var result = Read(settings);

        var problem = Assert.Single(result.Problems);
        Assert.Null(result.Compose().Supergraph);
        Assert.Equal(message, Shown(problem).Split("\n  hint: ")[0]);
    }

    [Fact]
    public void An_unknown_environment_is_told_once()
    {
        var result = Read(
            """
            {"transports": {"http": {"url": "{{X}}", "clientName": "{{Y}}", "capabilities": {"batching": {"variableBatching": "{{BATCH}}"}}}},
             "preprocessor": {"inferShareable": "{{SHARE}}", "excludeByTag": "{{TAGS}}"},
             "environments": {"dev": {"X": "http://a"}, "live": {"X": "http://b"}}}
            """,
            "lives");

        Assert.Equal(
            """
            :3:18 SETTINGS_INVALID The settings have no environment "lives". Did you mean "live"?
              hint: Add it to "environments", or choose one of: dev, live.
            """,
            string.Join("\n", result.Compose().Problems.Select(Shown)));
    }

    [Fact]
    public void The_value_of_a_variable_is_told_where_it_stands_and_where_it_is_used()
    {
        var result = Read(
            """
            {"dialect": "{{DIALECT}}",
             "transports": {"http": {"url": "{{URL}}", "capabilities": {"batching": {"aliasBatching": "{{BATCH}}"}}}},
             "environments": {"dev": {
               "URL": "roses",
               "BATCH": 5,
               "DIALECT": "apolo"}}}
            """);

        Assert.Equal(
            """
            :4:11 SETTINGS_INVALID "roses" is no URL of a service.
              also :2:33
              hint: Write an absolute http or https URL, such as http://localhost:5101/graphql.
            :6:15 SETTINGS_INVALID The dialect "apolo" is not known. Did you mean "apollo"?
              also :1:13
              hint: Write "composite" or "apollo", or leave it out: the schema's directives tell it.
            :5:13 SETTINGS_INVALID "aliasBatching" is 5, but must be true or false.
              also :2:91
              hint: Change "aliasBatching" or remove it.
            """,
            string.Join("\n", result.Problems.Select(Shown)));
    }

    [Fact]
    public void Inside_a_text_a_variable_is_a_text_a_number_or_true_or_false()
    {
        var result = Read(
            """
            {"transports": {"http": {"url": "http://{{HOST}}:{{PORT}}/{{PATH}}{{QUERY}}{{HOST}}"}},
             "environments": {"dev": {
               "HOST": "roses",
               "PORT": 5000,
               "PATH": {"of": "roses"},
               "QUERY": null}}}
            """);

        Assert.Equal(
            """
            :5:12 SETTINGS_INVALID PATH is an object, and cannot stand inside "http://{{HOST}}:{{PORT}}/{{PATH}}{{QUERY}}{{HOST}}".
              also :1:33
              hint: Give PATH a text, a number, true or false.
            :6:13 SETTINGS_INVALID QUERY is null, and cannot stand inside "http://{{HOST}}:{{PORT}}/{{PATH}}{{QUERY}}{{HOST}}".
              also :1:33
              hint: Give QUERY a text, a number, true or false.
            """,
            string.Join("\n", result.Problems.Select(Shown)));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_at_their_place()
    {
        folder.Write("a/schema.graphqls", "type Query { ok: Int }");
        var path = folder.Write("a/schema-settings.json", "");
        File.WriteAllBytes(path, [.. "{\n \"name\": \""u8, 0xff, .. "\"}"u8]);

        Assert.Equal(
            """
            :2:11 SETTINGS_INVALID The settings are not JSON: the file is not UTF-8.
              hint: Mend the JSON, or remove the file to compose with the defaults.
            """,
            Shown(Assert.Single(SourceFolder.Read(folder.Path).Problems)));
        Assert.Equal(
            """
            :2:10 SETTINGS_INVALID The settings are not JSON: the text ends in the middle of a character.
              hint: Mend the JSON, or remove the file to compose with the defaults.
            """,
            Shown(Assert.Single(Read("{\n \"name\": \"\\ud83c\"}").Problems)));
    }

    [Theory]
    [InlineData("", "The name of the source is empty.")]
    [InlineData("  ", "The name of the source is empty.")]
    [InlineData("a\\nb", "The name of the source has a line break or another control character in it: \"a\\nb\".")]
    public void A_source_has_a_name_that_can_be_read(string name, string message)
    {
        folder.Write("a/schema.graphqls", "type Query { rose: Int }");
        folder.Write("a/schema-settings.json", $$$$$"""{"name": "{{{{{name}}}}}", "transports": {"http": {"url": "http://a"}}}""");

        Assert.Equal(
            $"""
            a/schema-settings.json:1:10 SETTINGS_INVALID {message}
              hint: Give it a name of letters, digits, "-" and "_": messages, plans and @override refer to sources by name.
            """,
            Rule.Text(SourceFolder.Read(folder.Path).Compose()).Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Bad_settings_do_not_hide_what_is_wrong_with_the_schemas()
    {
        folder.Write("a/schema.graphqls", "type Query { rose: Rose }");
        folder.Write("a/schema-settings.json", """{"transports": {"http": {"url": "roses"}}}""");
        folder.Write("b/schema.graphqls", "type Query { best: Rose }\ntype Rose { color: String @external }");
        folder.Write("b/schema-settings.json", "{");
        folder.Write("c/schema.graphqls", "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@external\"])\ntype Query { c: C }\ntype C @key(fields: \"id\") { id: ID! d: Int @external }");
        folder.Write("d/schema.graphqls", "type Query { d: Int }");
        folder.Write("d/schema-settings.json", """{"name": "a", "transports": {"http": {"url": "http://d"}}}""");

        var result = SourceFolder.Read(folder.Path).Compose();

        Assert.Null(result.Supergraph);
        Assert.Equal(
            """
            a/schema-settings.json:1:33 SETTINGS_INVALID "roses" is no URL of a service.
              hint: Write an absolute http or https URL, such as http://localhost:5101/graphql.

            b/schema-settings.json:1:2 SETTINGS_INVALID The settings are not JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.
              hint: Mend the JSON, or remove the file to compose with the defaults.

            c/schema.graphqls:1:1 warning SOURCE_URL_MISSING The source c has no URL.
              hint: Write "transports": {"http": {"url": "http://..."}} in schema-settings.json, or set Gateway:Subgraphs:c:Url where the gateway runs.

            a/schema.graphqls:1:1 CONFLICTING_SOURCE_SCHEMA_NAME 2 source schemas are named "a".
              also d/schema-settings.json:1:10
              hint: Give each a name of its own in its settings: messages, plans and @override refer to sources by name.

            a/schema.graphqls:1:20 INVALID_GRAPHQL Unknown type "Rose".
              hint: Mend the schema of a: it must be valid GraphQL on its own.

            b/schema.graphqls:2:27 EXTERNAL_UNUSED Rose.color is @external, but no @provides of b provides it and no @key has it.
              hint: Remove the field from b, or provide it where you can give it.

            c/schema.graphqls:3:44 EXTERNAL_UNUSED C.d is @external, but no @key, @requires or @provides of c uses it.
              hint: Remove the field from c.
            """,
            Rule.Text(result).Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Federation_1_is_not_judged_without_the_sources_that_could_not_be_read()
    {
        folder.Write("a/schema-settings.json", """{"transports": {"http": {"url": "http://a"}}}""");
        folder.Write("b/schema.graphqls", "extend type Rose @key(fields: \"id\") { id: ID! @external color: String @external tint: Int }");
        folder.Write("b/schema-settings.json", """{"dialect": "apollo", "transports": {"http": {"url": "http://b"}}}""");

        var problem = Assert.Single(SourceFolder.Read(folder.Path).Compose().Problems);

        Assert.Equal(ProblemCode.SourceNotReadable, problem.Code);
    }

    [Fact]
    public void Keys_that_mean_nothing_or_have_no_effect_are_warned_of()
    {
        var result = Read(
            """
            {
              "Name": "roses",
              "inferShareable": true,
              "preprocessor": { "inferSharable": true, "enableSchemaValidation": false },
              "satisfiability": { "ignoredNonAccessibleFields": { "Rose.color": ["Query.rose"] } },
              "merger": { "tagMergeBehavior": "include" },
              "transports": {
                "http": { "url": "http://roses", "capabilities": { "batching": { "variableBatchings": true } } },
                "websockets": { "url": "ws://roses" },
                "subscriptions": { "transport": "ws" }
              }
            }
            """);

        Assert.Single(result.Sources);
        Assert.Equal(
            """
            :2:3 warning SETTINGS_UNKNOWN_KEY "Name" is no setting and has no effect. Did you mean "name"?
            :3:3 warning SETTINGS_UNKNOWN_KEY "inferShareable" is no setting and has no effect. Did you mean "preprocessor.inferShareable"?
            :4:21 warning SETTINGS_UNKNOWN_KEY "preprocessor.inferSharable" is no setting and has no effect. Did you mean "inferShareable"?
            :6:3 warning SETTINGS_UNKNOWN_KEY "merger" is no setting and has no effect. It is a setting of a whole composition, not of a source.
            :8:70 warning SETTINGS_UNKNOWN_KEY "transports.http.capabilities.batching.variableBatchings" is no setting and has no effect. Did you mean "variableBatching" or "aliasBatching"?
            :4:70 warning SETTINGS_INVALID "preprocessor.enableSchemaValidation" has no effect: schemas are always validated.
            :5:53 warning SETTINGS_INVALID "satisfiability.ignoredNonAccessibleFields" has no effect: a field that no source can serve is always refused.
            :9:19 warning SETTINGS_INVALID "transports.websockets" has no effect: sources are called over HTTP.
            :10:37 warning SETTINGS_INVALID "transports.subscriptions.transport" has no effect: sources are called over HTTP.
            """,
            string.Join("\n", result.Problems.Select(problem => Shown(problem).Split("\n  hint: ")[0])));
    }

    [Fact]
    public void A_missing_URL_is_warned_of_where_it_belongs()
    {
        var withHttp = Read("""{"name": "roses", "transports": {"http": {}}}""");
        Assert.Equal(
            """
            :1:42 warning SOURCE_URL_MISSING The source roses has no URL.
              hint: Write "transports": {"http": {"url": "http://..."}} in schema-settings.json, or set Gateway:Subgraphs:roses:Url where the gateway runs.
            """,
            Shown(Assert.Single(withHttp.Problems)));

        File.Delete(Path.Combine(folder.Path, "a", "schema-settings.json"));
        var withoutFile = SourceFolder.Read(folder.Path);
        Assert.EndsWith("schema.graphqls", Assert.Single(Assert.Single(withoutFile.Problems).Places).File, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_an_excluded_tag_is_no_part_of_the_source()
    {
        folder.Write(
            "a/schema.graphqls",
            """
            type Query { rose: Rose secret: Secret @tag(name: "internal") }
            type Rose { color(dark: Boolean @tag(name: "internal")): Color scent: String @tag(name: "public") price: Int @tag(name: "internal") }
            type Secret @tag(name: "internal") { plan: String }
            enum Color { RED PLAID @tag(name: "internal") }
            directive @tag(name: String!) repeatable on OBJECT | FIELD_DEFINITION | ENUM_VALUE | ARGUMENT_DEFINITION
            """);
        folder.Write(
            "a/schema-settings.json",
            """{"preprocessor": {"excludeByTag": ["internal"]}, "transports": {"http": {"url": "http://roses"}}}""");

        var result = SourceFolder.Read(folder.Path).Compose();

        Assert.Empty(result.Problems);
        var text = SupergraphWriter.Write(result.Supergraph!);
        Assert.Contains("\n  color: Color ", text, StringComparison.Ordinal);
        Assert.Contains("  RED ", text, StringComparison.Ordinal);
        foreach (var gone in new[] { "PLAID", "price", "Secret", "secret", "dark" })
        {
            Assert.DoesNotContain(gone, text, StringComparison.Ordinal);
        }
    }

    private SourceInput ReadFine(string settings)
    {
        var result = Read(settings);
        Assert.Equal("", string.Join("\n", result.Problems));
        return Assert.Single(result.Sources);
    }

    private SourceFolderResult Read(string settings, string? environment = null)
    {
        folder.Write("a/schema.graphqls", "type Query { ok: Int }");
        folder.Write("a/schema-settings.json", settings);
        return SourceFolder.Read(folder.Path, environment);
    }

    private string Shown(CompositionProblem problem) =>
        problem.ToString().Replace(Path.Combine(folder.Path, "a", "schema-settings.json"), "", StringComparison.Ordinal);
}
