using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// The <c>@link</c> to Apollo Federation: which of its names the schema imports, under which names
/// (<see href="https://specs.apollo.dev/link/v1.0/">link v1.0</see>). What is not imported is called <c>federation__name</c>.
/// </summary>
internal sealed class FederationLink
{
    private const string Url = "https://specs.apollo.dev/federation/";

    private static readonly (string Name, string Definition)[] Directives =
    [
        ("key", "(fields: {FieldSet}!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE"),
        ("requires", "(fields: {FieldSet}!) on FIELD_DEFINITION"),
        ("provides", "(fields: {FieldSet}!) on FIELD_DEFINITION"),
        ("external", "(reason: String) on OBJECT | FIELD_DEFINITION"),
        ("extends", " on OBJECT | INTERFACE"),
        ("tag", "(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA"),
        ("shareable", " repeatable on OBJECT | FIELD_DEFINITION"),
        ("inaccessible", " on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION"),
        ("override", "(from: String!, label: String) on FIELD_DEFINITION"),
        ("composeDirective", "(name: String) repeatable on SCHEMA"),
        ("interfaceObject", " on OBJECT"),
        ("authenticated", " on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM"),
        ("requiresScopes", "(scopes: [[{Scope}!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM"),
        ("policy", "(policies: [[{Policy}!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM"),
        ("context", "(name: String!) repeatable on INTERFACE | OBJECT | UNION"),
        ("fromContext", "(field: {ContextFieldValue}) on ARGUMENT_DEFINITION"),
        ("cost", "(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR"),
        ("listSize", "(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION"),
        ("cacheTag", "(format: String!) repeatable on OBJECT | FIELD_DEFINITION"),
    ];

    private static readonly string[] Scalars = ["FieldSet", "Scope", "Policy", "ContextFieldValue"];

    private readonly Dictionary<string, string> imported = [];
    private readonly string prefix;

    public FederationLink(DirectiveNode link)
    {
        prefix = (link.Argument("as") as StringValueNode)?.Value ?? "federation";
        foreach (var import in (link.Argument("import") as ListValueNode)?.Values ?? [])
        {
            switch (import)
            {
                case StringValueNode name:
                    imported[name.Value.TrimStart('@')] = name.Value.TrimStart('@');
                    break;
                case ObjectValueNode renamed:
                    var members = renamed.Fields.ToDictionary(field => field.Name.Value, field => (field.Value as StringValueNode)?.Value.TrimStart('@') ?? "");
                    imported[members.GetValueOrDefault("name", "")] = members.GetValueOrDefault("as") ?? members.GetValueOrDefault("name", "");
                    break;
            }
        }
    }

    /// <summary>True for <c>@link(url: "https://specs.apollo.dev/federation/v2.x")</c>.</summary>
    public static bool IsFederation(DirectiveNode directive) =>
        directive.Name.Value == "link" && directive.Argument("url") is StringValueNode url && url.Value.StartsWith(Url, StringComparison.Ordinal);

    /// <summary>What the schema calls a name of federation.</summary>
    public string Of(string name) => imported.GetValueOrDefault(name) ?? $"{prefix}__{name}";

    /// <summary>Every directive and scalar of federation under the schema's names, and <c>@link</c> itself.</summary>
    public string Definitions()
    {
        var sdl = new StringBuilder(
            """
            directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
            scalar link__Import
            enum link__Purpose { SECURITY EXECUTION }

            """);
        foreach (var scalar in Scalars)
        {
            sdl.AppendLine($"scalar {Of(scalar)}");
        }

        foreach (var (name, definition) in Directives)
        {
            var text = Scalars.Aggregate(definition, (current, scalar) => current.Replace($"{{{scalar}}}", Of(scalar), StringComparison.Ordinal));
            sdl.AppendLine($"directive @{Of(name)}{text}");
        }

        return sdl.ToString();
    }
}
