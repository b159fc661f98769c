using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// TYPE_DEFINITION_INVALID for the directives that say who may see what. The specification has none, and so a source defines them; it must do so as Apollo
/// does: what it asked for by other arguments, or by the first of two such directives, nobody would ask of a client.
/// </summary>
internal static class AccessDefinitionRules
{
    private static readonly ImmutableHashSet<string> Places = ["FIELD_DEFINITION", "OBJECT", "INTERFACE", "SCALAR", "ENUM"];

    private static readonly ImmutableDictionary<string, string> Arguments = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create(WellKnownDirectives.Authenticated, ""),
        KeyValuePair.Create(WellKnownDirectives.RequiresScopes, "scopes"),
        KeyValuePair.Create(WellKnownDirectives.Policy, "policies"),
    ]);

    internal static void Check(SourceInput input, DocumentNode document, DirectiveDefinitionNode directive, ProblemSink problems)
    {
        if (Arguments.TryGetValue(directive.Name.Value, out var argument) && ProblemOf(directive, argument) is var (problem, offset))
        {
            var right = argument.Length == 0 ? "" : $"({argument}: [[String!]!]!)";
            problems.Error(
                ProblemCode.TypeDefinitionInvalid,
                $"@{directive.Name} is defined {problem}.",
                $"Write \"directive @{directive.Name}{right} on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM\", or give your directive another name.",
                new Place(input.Name, document.Source, offset));
        }
    }

    private static (string Problem, int Offset)? ProblemOf(DirectiveDefinitionNode directive, string name)
    {
        if (directive.Arguments.FirstOrDefault(argument => argument.Name.Value != name) is { } further)
        {
            return ($"with the argument \"{further.Name}\", which the gateway does not know: nobody would be held to it", further.Start);
        }

        var own = directive.Arguments.FirstOrDefault();
        return name.Length > 0 && own is null ? ($"without its argument \"{name}: [[String!]!]!\"", directive.Start)
            : own is not null && !IsRight(own.Type) ? ($"with the argument \"{name}: {own.Type}\", which must be [[String!]!]!", own.Start)
            : own?.DefaultValue is { } value ? ($"with a default for \"{name}\": a member that leaves it out would ask for nothing", value.Start)
            : directive.Locations.Where(location => !Places.Contains(location.Value)).Select(location => (NameNode?)location).FirstOrDefault() is { } place ? ($"on {place.Value}, where nobody would be held to it", place.Start)
            : directive.IsRepeatable ? ("as repeatable: only one of several on a member would count", directive.Start)
            : null;
    }

    // What may be left out, or be null, asks for nothing.
    private static bool IsRight(TypeNode type) =>
        type is NonNullTypeNode { Type: ListTypeNode { Type: NonNullTypeNode { Type: ListTypeNode { Type: NonNullTypeNode { Type: NamedTypeNode } } } } };
}
