using System.Text;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>The fixed parts of an Apollo supergraph of join 0.5: which specifications it links, and their definitions.</summary>
internal static class JoinDefinitions
{
    internal const string Join = """
        directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION

        directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE

        directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String, contextArguments: [join__ContextArgument!]) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION

        directive @join__graph(name: String!, url: String!) on ENUM_VALUE

        directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE

        directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR

        directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION

        directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA


        """;

    internal const string Types = """
        input join__ContextArgument {
          name: String!
          type: String!
          context: String!
          selection: join__FieldValue!
        }

        scalar join__DirectiveArguments

        scalar join__FieldSet

        scalar join__FieldValue

        scalar link__Import

        enum link__Purpose {
          "`SECURITY` features provide metadata necessary to securely resolve fields."
          SECURITY
          "`EXECUTION` features provide metadata necessary for operation execution."
          EXECUTION
        }

        """;

    private const string Guarded = " on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM";

    private static readonly (string Directive, string Link, string Definition)[] Features =
    [
        (
            WellKnownDirectives.Authenticated,
            "@link(url: \"https://specs.apollo.dev/authenticated/v0.1\", for: SECURITY)",
            "directive @authenticated" + Guarded),
        (
            WellKnownDirectives.Cost,
            "",
            "directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR"),
        (
            WellKnownDirectives.Inaccessible,
            "@link(url: \"https://specs.apollo.dev/inaccessible/v0.2\", for: SECURITY)",
            "directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION"),
        (
            WellKnownDirectives.ListSize,
            "",
            "directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION"),
        (
            WellKnownDirectives.Policy,
            "@link(url: \"https://specs.apollo.dev/policy/v0.1\", for: SECURITY)",
            "scalar policy__Policy\n\ndirective @policy(policies: [[policy__Policy!]!]!)" + Guarded),
        (
            WellKnownDirectives.RequiresScopes,
            "@link(url: \"https://specs.apollo.dev/requiresScopes/v0.1\", for: SECURITY)",
            "scalar requiresScopes__Scope\n\ndirective @requiresScopes(scopes: [[requiresScopes__Scope!]!]!)" + Guarded),
        (
            WellKnownDirectives.Tag,
            "@link(url: \"https://specs.apollo.dev/tag/v0.3\")",
            "directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA"),
    ];

    /// <summary>True for a directive that an Apollo supergraph defines by a specification of its own.</summary>
    internal static bool IsFeature(string directive) => Features.Any(feature => feature.Directive == directive);

    /// <summary>The links of a schema that uses these directives, one a line.</summary>
    internal static string Links(IReadOnlySet<string> used)
    {
        var text = new StringBuilder("\n  @link(url: \"https://specs.apollo.dev/link/v1.0\")\n  @link(url: \"https://specs.apollo.dev/join/v0.5\", for: EXECUTION)");
        foreach (var feature in Features.Where(feature => feature.Link.Length > 0 && used.Contains(feature.Directive)))
        {
            text.Append("\n  ").Append(feature.Link);
        }

        string[] costs = [.. new[] { WellKnownDirectives.Cost, WellKnownDirectives.ListSize }.Where(used.Contains)];
        return costs.Length == 0
            ? text.ToString()
            : text.Append($"\n  @link(url: \"https://specs.apollo.dev/cost/v0.1\", import: [{string.Join(", ", costs.Select(name => $"\"@{name}\""))}])").ToString();
    }

    /// <summary>The definitions of these directives.</summary>
    internal static string FeatureDefinitions(IReadOnlySet<string> used) =>
        string.Concat(Features.Where(feature => used.Contains(feature.Directive)).Select(feature => feature.Definition + "\n\n"));
}
