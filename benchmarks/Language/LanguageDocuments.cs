using System.Text;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Benchmarks;

/// <summary>The documents and schemas of the suite: our own files, the shop's schemas of this repository, and GitHub's from npm.</summary>
internal static class LanguageDocuments
{
    private const string Shop = "shop";
    private const string GitHub = "github";

    /// <summary>Schemas by name, as text that both sides read.</summary>
    public static Dictionary<string, string> SchemaTexts() => new()
    {
        [Shop] = SchemaPrinter.Print(SupergraphReader.Read(new SourceText(File.ReadAllText(PathOf("schemas/supergraph.graphql")))).Supergraph!.PublicSchema),
        [GitHub] = File.ReadAllText(GitHubSchemaPath),
    };

    /// <summary>All rows of the table, in its order.</summary>
    public static LanguageCase[] Cases()
    {
        LanguageDocument small = Operation("shop-order", Shop, """{"id":"1"}""");
        LanguageDocument medium = Operation("introspection", Shop, "{}");
        LanguageDocument large = Operation(
            "github-dashboard",
            GitHub,
            """{"owner":"o","name":"n","search":"s","star":{"starrableId":"1"},"subject":"1","body":"b"}""");
        return
        [
            .. Schemas().Select(document => new LanguageCase(LanguageTask.Parse, document)),
            .. from task in Enum.GetValues<LanguageTask>() from document in new[] { small, medium, large } select new LanguageCase(task, document),
            .. FieldMergeDocuments.All(Shop).Select(document => new LanguageCase(LanguageTask.Validate, document)),
        ];
    }

    private static string GitHubSchemaPath => Path.Combine(NodePeer.Folder, "node_modules/@octokit/graphql-schema/schema.graphql");

    private static IEnumerable<LanguageDocument> Schemas() =>
    [
        new("schemas/users/schema.graphqls", File.ReadAllText(PathOf("schemas/users/schema.graphqls"))),
        new("schemas/supergraph.graphql", File.ReadAllText(PathOf("schemas/supergraph.graphql"))),
        new("@octokit/graphql-schema", File.ReadAllText(GitHubSchemaPath)),
    ];

    private static LanguageDocument Operation(string name, string schema, string variables)
    {
        var file = $"documents/{name}.graphql";
        return new LanguageDocument(file, File.ReadAllText(PathOf("benchmarks/" + file)), schema, variables);
    }

    private static string PathOf(string path) => Repository.PathOf(path);
}

/// <summary>Documents that make the comparison of fields expensive for whoever compares each with each.</summary>
internal static class FieldMergeDocuments
{
    public static IEnumerable<LanguageDocument> All(string schema) =>
    [
        new("10,000 times the same field", $"{{ users {{ nodes {{ {Repeat(10_000, _ => "name ")}}} }} }}", schema),
        new("1,000 fragments in a chain", $"{{ users {{ nodes {{ ...F0 }} }} }} {Repeat(1_000, i => $"fragment F{i} on User {{ name {(i < 999 ? $"...F{i + 1}" : "id")} }} ")}", schema),
        new("1,000 fragments side by side", $"{{ users {{ nodes {{ {Repeat(1_000, i => $"...F{i} ")}}} }} }} {Repeat(1_000, i => $"fragment F{i} on User {{ name n{i}: id }} ")}", schema),
        new("1,000 fragments in a cycle", $"{{ users {{ nodes {{ ...F0 }} }} }} {Repeat(1_000, i => $"fragment F{i} on User {{ name ...F{(i + 1) % 1_000} }} ")}", schema),
        new("a tree of aliases, 8 levels", $"{{ users {{ nodes {{ orders {Tree(8)} }} }} }}", schema),
    ];

    // Each level selects the same two fields under the same two aliases twice, so that all branches merge.
    private static string Tree(int levels) => levels == 0
        ? "{ totalCount }"
        : $"{{ nodes {{ user {{ a: orders {Tree(levels - 1)} b: orders {{ totalCount }} a: orders {Tree(levels - 1)} }} }} }}";

    private static string Repeat(int count, Func<int, string> item)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(item(i));
        }

        return text.ToString();
    }
}
