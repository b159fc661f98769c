using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

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

    private const string Anywhere =
        "SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION";

    /// <summary>What a reader checks the directives of every version against: no version takes away what another one has, but <c>@join__owner</c>.</summary>
    internal static readonly OwnDirectives Checks = new(
        Join.Replace("url: String!)", "url: String)", StringComparison.Ordinal)
            // What it wraps can stand anywhere.
            .Replace("repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION\n", "repeatable on " + Anywhere + "\n", StringComparison.Ordinal) + """
        directive @join__owner(graph: join__Graph!) on OBJECT | INTERFACE
        enum join__Graph
        scalar join__FieldSet
        scalar join__FieldValue
        input join__ContextArgument { name: String! }
        """,
        "join__",
        refusesUnknown: true);

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

    /// <summary>The feature of cache tags; they are written by <c>@join__directive</c>.</summary>
    internal const string CacheTag = "cacheTag";

    /// <summary>The feature of contexts, and the directive by which a type sets one.</summary>
    internal const string Context = "context";

    private const string Guarded = " on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM";

    private static readonly (string Directive, string Link, string Definition)[] Features =
    [
        (
            WellKnownDirectives.Authenticated,
            "@link(url: \"https://specs.apollo.dev/authenticated/v0.1\", for: SECURITY)",
            "directive @authenticated" + Guarded),
        (
            CacheTag,
            "@link(url: \"https://specs.apollo.dev/cacheTag/v0.1\", for: EXECUTION)",
            ""),
        (
            Context,
            "@link(url: \"https://specs.apollo.dev/context/v0.1\", for: SECURITY)",
            "scalar context__ContextFieldValue\n\ndirective @context(name: String!) repeatable on INTERFACE | OBJECT | UNION\n\n"
            + "directive @context__fromContext(field: context__ContextFieldValue) on ARGUMENT_DEFINITION"),
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

    /// <summary>The links of a schema that uses these directives and has these of teams' own, one a line.</summary>
    internal static string Links(IReadOnlySet<string> used, ImmutableArray<LinkedDirective> linked)
    {
        var text = new StringBuilder("\n  @link(url: \"https://specs.apollo.dev/link/v1.0\")\n  @link(url: \"https://specs.apollo.dev/join/v0.5\", for: EXECUTION)");
        foreach (var feature in Features.Where(feature => feature.Link.Length > 0 && used.Contains(feature.Directive)))
        {
            text.Append("\n  ").Append(feature.Link);
        }

        string[] costs = [.. new[] { WellKnownDirectives.Cost, WellKnownDirectives.ListSize }.Where(used.Contains)];
        if (costs.Length > 0)
        {
            text.Append($"\n  @link(url: \"https://specs.apollo.dev/cost/v0.1\", import: [{string.Join(", ", costs.Select(name => $"\"@{name}\""))}])");
        }

        foreach (var specification in linked.GroupBy(directive => directive.Url, StringComparer.Ordinal))
        {
            var imports = specification.Select(directive => directive.Name == directive.Original
                ? $"\"@{directive.Name}\""
                : $"{{name: \"@{directive.Original}\", as: \"@{directive.Name}\"}}");
            var alias = Alias(specification.Key, linked, used);
            text.Append("\n  @link(url: ").Append(Printer.Print(Syntax.String(specification.Key)))
                .Append(alias is null ? "" : $", as: \"{alias}\"").Append($", import: [{string.Join(", ", imports)}])");
        }

        return text.ToString();
    }

    // What stands before the names that are not imported, where it is not the last part of the URL.
    private static string? Alias(string url, ImmutableArray<LinkedDirective> linked, IReadOnlySet<string> used)
    {
        string[] urls = [.. linked.Select(directive => directive.Url).Distinct()];
        string[] taken = ["link", "join", "core", .. Features.Select(feature => feature.Directive).Where(used.Contains), .. linked.Where(it => it.Url != url).Select(it => it.Name)];
        var given = linked.First(it => it.Url == url).Alias;
        var name = given ?? NameIn(url);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(name[0])
            && !name.Contains("__", StringComparison.Ordinal) && !name.EndsWith('_')
            && !taken.Contains(name) && urls.Count(other => (linked.First(it => it.Url == other).Alias ?? NameIn(other)) == name) == 1
            && (given is not null || !linked.Any(it => it.Name == name && it.Original != name))
            ? given
            : $"linked{Array.IndexOf(urls, url)}";
    }

    private static string NameIn(string url) => url.Split('/') is { Length: > 1 } segments ? segments[^2] : "";

    /// <summary>The definitions of these directives.</summary>
    internal static string FeatureDefinitions(IReadOnlySet<string> used) =>
        string.Concat(Features.Where(feature => feature.Definition.Length > 0 && used.Contains(feature.Directive)).Select(feature => feature.Definition + "\n\n"));
}
